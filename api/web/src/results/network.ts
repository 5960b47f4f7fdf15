// A graph, or two columns of things, as a network. It is a picture of what the table or the text beside it says.
import cytoscape, { type StylesheetJson } from "cytoscape";
import { unstyled } from "../graph/unstyled";
import { element, pageOf, short, type Table } from "./table";

export type Link = { from: string; to: string; words: string };

/** More than these nobody can read. */
const MOST = 400;
const TRIPLE = /^(<[^>]*>|_:\S+) <([^>]*)> (?:(<[^>]*>|_:\S+)|("(?:[^"\\]|\\.)*")\S*) \.$/;

/** Reads N-Triples; a text becomes a node of its own. */
export function linksOf(triples: string): Link[] {
  return triples.split("\n").flatMap((line) => {
    const [, from, words, thing, text] = TRIPLE.exec(line) ?? [];
    if (!from || !words) return [];
    return [{ from: bare(from), to: thing ? bare(thing) : unquoted(text ?? ""), words: short(words) }];
  });
}

function bare(term: string): string {
  return term.replace(/^<|>$/g, "");
}

function unquoted(text: string): string {
  try {
    return JSON.parse(text) as string;
  } catch {
    return text;
  }
}

/** Takes the first two columns that hold things; a third is what the link is called. */
export function linksIn(table: Table): Link[] {
  const things = table.columns.map((_, at) => at).filter((at) => table.rows.some((row) => row[at]?.iri));
  const [one, other] = things;
  if (one === undefined || other === undefined) return [];
  const named = table.columns.findIndex((_, at) => at !== one && at !== other && table.rows.some((row) => row[at]?.number === null));
  return table.rows.flatMap((row) => {
    const [from, to] = [row[one]?.iri, row[other]?.iri];
    return from && to ? [{ from, to, words: named < 0 ? "" : (row[named]?.text ?? "") }] : [];
  });
}

export function drawNetwork(links: readonly Link[], root: string): HTMLElement {
  const place = element("div", "networking");
  const shown = links.slice(0, MOST);
  const nodes = [...new Set(shown.flatMap((link) => [link.from, link.to]))];
  const left = links.length > shown.length ? ` The first ${MOST} of ${links.length} links.` : "";
  const note = element("p", "small", `${nodes.length} things and ${shown.length} links; drag to move.${left}`);
  const stage = element("div", "stage");
  stage.setAttribute("role", "img");
  stage.setAttribute("aria-label", `Network of ${nodes.length} things and ${shown.length} links; the list below says the same`);
  const listed = document.createElement("details");
  listed.append(element("summary", "", "The same as a list"), list(shown, root));
  place.append(note, stage, listed);
  requestAnimationFrame(() => plot(stage, nodes, shown));
  return place;
}

function list(links: readonly Link[], root: string): HTMLElement {
  const made = element("ul", "links");
  for (const link of links) {
    const item = document.createElement("li");
    item.append(named(link.from, root), link.words ? ` — ${link.words} → ` : " → ", named(link.to, root));
    made.append(item);
  }
  return made;
}

function named(name: string, root: string): Node {
  const path = pageOf(name);
  if (!path) return document.createTextNode(label(name));
  const made = document.createElement("a");
  made.href = root + path;
  made.textContent = label(name);
  return made;
}

function label(name: string): string {
  const text = short(name);
  return text.length > 48 ? `${text.slice(0, 22)}…${text.slice(-24)}` : text;
}

function plot(stage: HTMLElement, nodes: readonly string[], links: readonly Link[]): void {
  unstyled();
  const round = 40 * Math.sqrt(nodes.length) + 60;
  const graph = cytoscape({
    container: stage,
    elements: [
      ...nodes.map((id, at) => {
        const angle = (2 * Math.PI * at) / nodes.length;
        return { data: { id, label: label(id) }, position: { x: round * Math.cos(angle), y: round * Math.sin(angle) } };
      }),
      ...links.map((link, at) => ({ data: { id: `link ${at}`, source: link.from, target: link.to, label: link.words } })),
    ],
    style: styles(),
    layout: { name: "cose", animate: false, randomize: false, nodeRepulsion: () => 60000, idealEdgeLength: () => 90, padding: 24 },
    minZoom: 0.1,
    maxZoom: 3,
    userZoomingEnabled: false,
    boxSelectionEnabled: false,
  });
  new ResizeObserver(() => graph.resize()).observe(stage);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => graph.style(styles()));
}

function styles(): StylesheetJson {
  const page = getComputedStyle(document.documentElement);
  const token = (name: string): string => page.getPropertyValue(name).trim();
  const text = { "font-family": token("--text"), "font-size": 11, "text-background-color": token("--ground"), "text-background-opacity": 0.85 };
  return [
    { selector: "node", style: { ...text, width: 12, height: 12, "background-color": token("--series-1"), label: "data(label)", color: token("--ink"), "text-valign": "bottom", "text-margin-y": 3 } },
    { selector: "edge", style: { ...text, "font-size": 9, width: 1, "line-color": token("--chart-band"), "target-arrow-color": token("--chart-band"), "target-arrow-shape": "triangle", "curve-style": "bezier", label: "data(label)", color: token("--soft"), "text-rotation": "autorotate" } },
  ] as unknown as StylesheetJson;
}
