// Draws a Vega-Lite specification as SVG. Expressions are interpreted: the policy of the pages allows no eval.
import { parse, View } from "vega";
import { expressionInterpreter } from "vega-interpreter";
import { compile, type TopLevelSpec } from "vega-lite";
import { coloured } from "./colours";

/** Draws into a place, and returns what takes the drawing away again. */
export async function draw(place: HTMLElement, spec: TopLevelSpec): Promise<() => void> {
  const mine = coloured(spec);
  mine.config = { ...mine.config, aria: false }; // the drawing is one image; the table beside it has the parts
  const runtime = parse(compile(mine).spec, undefined, { ast: true });
  const view = new View(runtime, { expr: expressionInterpreter, renderer: "svg", hover: false });
  await view.initialize(place).runAsync();
  name(place, spec);
  return () => view.finalize();
}

function name(place: HTMLElement, spec: TopLevelSpec): void {
  const image = place.querySelector("svg");
  if (!image) throw new Error("nothing was drawn");
  image.setAttribute("role", "img");
  image.setAttribute("aria-label", [title(spec), spec.description ?? ""].join(". "));
  for (const part of image.querySelectorAll("[role], [aria-roledescription]")) {
    part.removeAttribute("role");
    part.removeAttribute("aria-roledescription");
  }
}

function title(spec: TopLevelSpec): string {
  const given = spec.title;
  const text = given && typeof given === "object" && "text" in given ? given.text : given;
  return Array.isArray(text) ? text.join(" ") : String(text ?? "");
}
