// An answer in its views, of which one is shown at a time, and its files.
import type { Engine } from "../engine/engine";
import { drawTable, element, readTable, type Table } from "./table";

export const ACCEPT = "application/sparql-results+json, text/turtle;q=0.9";

type View = { name: string; draw: () => HTMLElement | Promise<HTMLElement> };

/** The forms in which an answer can be taken: what it is called, its media type, how a file of it ends. */
const TABLES = [
  ["CSV", "text/csv", "csv"],
  ["TSV", "text/tab-separated-values", "tsv"],
  ["JSON", "application/sparql-results+json", "json"],
  ["XML", "application/sparql-results+xml", "xml"],
] as const;
const GRAPHS = [
  ["Turtle", "text/turtle", "ttl"],
  ["N-Triples", "application/n-triples", "nt"],
] as const;
/** So much of a graph stands in the page. */
const CHARACTERS = 100_000;

export class Shown {
  constructor(
    private readonly place: HTMLElement,
    private readonly engine: Engine,
    private readonly root: string,
  ) {}

  /** Shows the answer to a query that came after so many seconds. */
  async show(query: string, response: Response, seconds: number): Promise<string> {
    const type = response.headers.get("Content-Type")?.split(";")[0] ?? "";
    const text = await response.text();
    if (type !== "application/sparql-results+json") return this.graph(query, text, seconds);
    const answer = JSON.parse(text) as { boolean?: boolean } & Parameters<typeof readTable>[0];
    if (answer.boolean !== undefined) return this.truth(query, answer.boolean, seconds);
    return this.table(query, readTable(answer), seconds);
  }

  clear(): void {
    this.place.replaceChildren();
  }

  private truth(query: string, truth: boolean, seconds: number): string {
    const said = element("p", "truth", truth ? "Yes" : "No");
    this.fill(`Answered in ${seconds.toFixed(2)} s`, said, this.files(query, TABLES.slice(2)));
    return truth ? "Yes" : "No";
  }

  private table(query: string, table: Table, seconds: number): string {
    const count = table.rows.length;
    const told = `${count.toLocaleString("en")} ${count === 1 ? "row" : "rows"} in ${seconds.toFixed(2)} s`;
    if (!count) {
      const said = "No row: nothing in the graph fits. What a report does not tell is not reported; it is not absent.";
      this.fill(told, element("p", "notice", said));
      return told;
    }
    const views: View[] = [{ name: "Table", draw: () => drawTable(table, this.root) }];
    if (table.rows.some((row) => row.some((cell) => cell?.number != null))) {
      views.push({ name: "Chart", draw: async () => (await import("./chart")).drawChart(table) });
    }
    const things = table.columns.filter((_, at) => table.rows.some((row) => row[at]?.iri));
    if (things.length > 1) {
      views.push({
        name: "Network",
        draw: async () => {
          const { drawNetwork, linksIn } = await import("./network");
          return drawNetwork(linksIn(table), this.root);
        },
      });
    }
    this.fill(told, tabbed(views), this.files(query, TABLES));
    return told;
  }

  private graph(query: string, text: string, seconds: number): string {
    const drawText = (): HTMLElement => {
      const place = element("pre", "graph");
      place.tabIndex = 0;
      place.append(element("code", "", text.slice(0, CHARACTERS)));
      return place;
    };
    const drawNet = async (): Promise<HTMLElement> => {
      const { drawNetwork, linksOf } = await import("./network");
      const response = await this.engine.ask(query, "application/n-triples", new AbortController().signal);
      return drawNetwork(linksOf(await response.text()), this.root);
    };
    const left = text.length > CHARACTERS ? "; the beginning is shown, the files hold all" : "";
    const told = `A graph in ${seconds.toFixed(2)} s${left}`;
    this.fill(told, tabbed([{ name: "Text", draw: drawText }, { name: "Network", draw: drawNet }]), this.files(query, GRAPHS));
    return told;
  }

  private fill(told: string, ...parts: HTMLElement[]): void {
    this.place.replaceChildren(element("h2", "", "Answer"), element("p", "told", told), ...parts);
  }

  /** Offers the answer as files; each is asked for when it is wanted. */
  private files(query: string, forms: readonly (readonly [string, string, string])[]): HTMLElement {
    const place = element("div", "files screen");
    place.setAttribute("role", "group");
    place.setAttribute("aria-label", "This answer as a file");
    place.append(element("span", "", "This answer as"));
    for (const [name, type, ending] of forms) {
      const button = element("button", "", name) as HTMLButtonElement;
      button.type = "button";
      button.addEventListener("click", () => void this.save(query, type, `answer.${ending}`, button));
      place.append(button);
    }
    return place;
  }

  private async save(query: string, type: string, name: string, button: HTMLButtonElement): Promise<void> {
    button.disabled = true;
    try {
      const response = await this.engine.ask(query, type, new AbortController().signal);
      if (!response.ok) throw new Error(response.statusText);
      const address = URL.createObjectURL(await response.blob());
      const link = document.createElement("a");
      Object.assign(link, { href: address, download: name });
      link.click();
      URL.revokeObjectURL(address);
    } finally {
      button.disabled = false;
    }
  }
}

/** Draws a bar of buttons, of which one is pressed, above what it shows. */
function tabbed(views: readonly View[]): HTMLElement {
  const place = element("div", "views");
  const bar = element("div", "bar screen");
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", "View");
  const panel = element("div", "panel");
  const choose = async (view: View, button: HTMLElement): Promise<void> => {
    for (const other of bar.children) other.setAttribute("aria-pressed", String(other === button));
    panel.setAttribute("aria-busy", "true");
    try {
      panel.replaceChildren(await view.draw());
    } catch (error) {
      panel.replaceChildren(element("p", "notice", `This view could not be drawn; the others say the same. ${String(error)}`));
    } finally {
      panel.removeAttribute("aria-busy");
    }
  };
  for (const view of views) {
    const button = element("button", "", view.name) as HTMLButtonElement;
    button.type = "button";
    button.addEventListener("click", () => void choose(view, button));
    bar.append(button);
  }
  if (views.length > 1) place.append(bar);
  place.append(panel);
  const [first, button] = [views[0], bar.firstElementChild];
  if (first && button instanceof HTMLElement) void choose(first, button);
  return place;
}
