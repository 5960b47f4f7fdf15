// The query editor: writes with colours and completion, runs and stops a query, and shows its answer in several views.
import { Plain, type Writing } from "../editor/plain";
import { GraphTerms, SearchedTerms } from "../editor/terms";
import { type Engine, engineOf } from "../engine/engine";
import { ACCEPT, Shown } from "../results/answer";
import { element } from "../results/table";

type Problem = { title?: string; detail?: string; line?: number; column?: number };

export async function start(form: HTMLElement): Promise<void> {
  const text = form.querySelector("textarea");
  if (!(form instanceof HTMLFormElement) || !text) return;
  const engine = await engineOf(form);
  const editor = new Editor(form, text, engine);
  if (new URLSearchParams(location.search).get("query")) await editor.run();
}

class Editor {
  private field: Writing;
  private readonly shown: Shown;
  private readonly answer: HTMLElement;
  private readonly clock: HTMLElement;
  private readonly stop: HTMLButtonElement;
  private readonly begin: HTMLButtonElement;
  private readonly limit: number;
  private running: AbortController | undefined;

  constructor(
    private readonly form: HTMLFormElement,
    text: HTMLTextAreaElement,
    private readonly engine: Engine,
  ) {
    this.answer = document.getElementById(form.dataset.answer ?? "answer") ?? form;
    this.clock = part(form, ".clock");
    this.stop = part(form, ".stop") as HTMLButtonElement;
    this.begin = part(form, "button.primary") as HTMLButtonElement;
    this.limit = Number(form.dataset.seconds) || 10;
    this.shown = new Shown(this.answer, engine, form.dataset.root ?? "");
    const initial = new URLSearchParams(location.search).get("query");
    if (initial) text.value = initial;
    this.field = new Plain(text);
    text.addEventListener("focus", () => void this.upgrade(text), { once: true });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.run();
    });
    this.stop.addEventListener("click", () => this.running?.abort());
  }

  /** Puts the field with colours and completion in the place of the plain one, as soon as somebody wants to write. */
  private async upgrade(text: HTMLTextAreaElement): Promise<void> {
    const { Field } = await import("../editor/field");
    const { dataset } = this.form;
    const terms = dataset.dataset ? new GraphTerms(this.engine) : new SearchedTerms(dataset.terms ?? "");
    const host = element("div", "query");
    const [held, at] = [document.activeElement === text, text.selectionStart];
    text.before(host);
    const field = new Field(host, text.value, terms, () => void this.run());
    text.hidden = true;
    text.disabled = true;
    this.field = field;
    if (held) field.focus(at);
    this.form.querySelector("label[for=query]")?.addEventListener("click", () => field.focus());
    part(this.form, ".keys").hidden = false;
  }

  /** Runs the query as it stands; one that runs already is stopped. */
  async run(): Promise<void> {
    this.running?.abort();
    const mine = new AbortController();
    this.running = mine;
    this.field.declare();
    const query = this.field.text;
    this.wrong();
    history.replaceState(null, "", `${location.pathname}?${new URLSearchParams({ query })}`);
    const began = performance.now();
    const ticking = this.tick(began);
    try {
      const response = await this.engine.ask(query, ACCEPT, mine.signal);
      const seconds = (performance.now() - began) / 1000;
      if (this.running !== mine) return;
      if (response.ok) this.say(await this.shown.show(query, response, seconds));
      else this.refused((await response.json()) as Problem);
    } catch (error) {
      if (this.running !== mine) return;
      if (mine.signal.aborted) this.say(`Stopped after ${((performance.now() - began) / 1000).toFixed(1)} s`);
      else this.refused({ title: "The query could not be sent", detail: String(error) });
    } finally {
      window.clearInterval(ticking);
      if (this.running === mine) this.end();
    }
  }

  private tick(began: number): number {
    this.stop.hidden = false;
    this.begin.disabled = true;
    this.answer.setAttribute("aria-busy", "true");
    this.say("Running …");
    const tell = (): void => {
      const seconds = Math.floor((performance.now() - began) / 1000);
      this.clock.textContent = `Running: ${seconds} s of at most ${this.limit} s`;
    };
    return window.setInterval(tell, 1000);
  }

  private end(): void {
    this.running = undefined;
    const held = document.activeElement === this.stop;
    this.stop.hidden = true;
    this.begin.disabled = false;
    if (held) this.begin.focus();
    this.answer.removeAttribute("aria-busy");
  }

  private say(text: string): void {
    this.clock.textContent = text;
  }

  /** Says beside the field what is wrong, and marks the place. */
  private refused({ title, detail, line, column }: Problem): void {
    this.shown.clear();
    const at = line ? `, line ${line}, column ${column}` : "";
    const said = element("div", "notice");
    said.id = "error";
    said.setAttribute("role", "alert");
    const words = document.createElement("p");
    words.append(element("strong", "", `${title ?? "The query failed"}${at}.`), ` ${detail ?? ""}`);
    said.append(words);
    part(this.form, ".doing").before(said);
    this.say("");
    if (line) this.field.point(line, column ?? 1);
  }

  private wrong(): void {
    document.getElementById("error")?.remove();
  }
}

function part(form: HTMLElement, selector: string): HTMLElement {
  const found = form.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`the form has no ${selector}`);
  return found;
}
