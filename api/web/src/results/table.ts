// An answer as a table: rows that can be sorted, cells that lead to the pages of cases and words.

export type Cell = { text: string; iri: string; page: string; number: number | null } | null;
export type Table = { columns: readonly string[]; rows: readonly (readonly Cell[])[] };

type Solution = Record<string, { type: string; value: string; datatype?: string } | undefined>;
type Answer = { head: { vars: string[] }; results: { bindings: Solution[] } };

const BASE = "https://w3id.org/itbkg/";
const SPACES: readonly (readonly [string, string])[] = [
  ["itb:", `${BASE}ont/`],
  ["unit:", `${BASE}unit/`],
  ["rdf:", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"],
  ["rdfs:", "http://www.w3.org/2000/01/rdf-schema#"],
  ["skos:", "http://www.w3.org/2004/02/skos/core#"],
  ["xsd:", "http://www.w3.org/2001/XMLSchema#"],
];
/** The id of a case, which queries call ?case. */
const CASE = /^[a-z0-9-]+\/[a-z0-9-]+$/;
const NUMBERS = /#(?:integer|decimal|double|float)$/;
/** So many rows stand in the page at first, and so many more each time. */
const STEP = 200;

export function readTable(answer: Answer): Table {
  const columns = answer.head.vars;
  return { columns, rows: answer.results.bindings.map((row) => columns.map((name) => cellOf(name, row[name]))) };
}

function cellOf(column: string, term: Solution[string]): Cell {
  if (!term) return null;
  if (term.type === "uri") return { text: short(term.value), iri: term.value, page: pageOf(term.value), number: null };
  const number = NUMBERS.test(term.datatype ?? "") ? Number(term.value) : Number.NaN;
  const page = column === "case" && CASE.test(term.value) ? `/cases/${term.value}` : "";
  return { text: term.value, iri: "", page, number: Number.isFinite(number) ? number : null };
}

export function short(iri: string): string {
  const found = SPACES.find(([, space]) => iri.startsWith(space) && !iri.slice(space.length).includes("/"));
  if (found) return found[0] + iri.slice(found[1].length);
  return iri.startsWith(BASE) ? iri.slice(BASE.length) : iri;
}

/** Returns the path of the page that tells of what an IRI names; empty where no page does. */
export function pageOf(iri: string): string {
  if (!iri.startsWith(BASE)) return "";
  const [kind, first, second] = iri.slice(BASE.length).split("/");
  if (kind === "case" && first && second) return `/cases/${first}/${second}`;
  if (kind === "ont" && first) return `/words/${first}`;
  if (kind === "unit" && first) return `/words/unit:${first}`;
  return kind === "guidance" && first ? `/guidance/${first}` : "";
}

/** Draws a table below which more rows can be asked for. */
export function drawTable(table: Table, root: string): HTMLElement {
  const place = document.createElement("div");
  const wide = element("div", "wide");
  wide.tabIndex = 0;
  wide.setAttribute("role", "region");
  wide.setAttribute("aria-label", "Rows of the answer");
  const body = document.createElement("tbody");
  const more = element("button", "more") as HTMLButtonElement;
  more.type = "button";
  let [rows, shown] = [[...table.rows], 0];
  const show = (): void => {
    for (const row of rows.slice(shown, shown + STEP)) body.append(drawRow(row, root));
    shown = Math.min(shown + STEP, rows.length);
    more.hidden = shown >= rows.length;
    more.textContent = `Show more: ${shown.toLocaleString("en")} of ${rows.length.toLocaleString("en")} rows are shown`;
  };
  more.addEventListener("click", show);
  const sort = (column: number, up: boolean): void => {
    rows = [...table.rows].sort((one, other) => compare(one[column] ?? null, other[column] ?? null) * (up ? 1 : -1));
    shown = 0;
    body.replaceChildren();
    show();
  };
  wide.append(drawHead(table, sort, body));
  show();
  place.append(wide, more);
  return place;
}

function drawHead(table: Table, sort: (column: number, up: boolean) => void, body: HTMLElement): HTMLTableElement {
  const drawn = document.createElement("table");
  const caption = element("caption", "unseen", "Answer to the query; a button in the head of a column sorts by it");
  const row = document.createElement("tr");
  table.columns.forEach((name, column) => {
    const head = document.createElement("th");
    head.scope = "col";
    const button = element("button", "sort", name) as HTMLButtonElement;
    button.type = "button";
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      for (const other of row.children) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      sort(column, up);
    });
    head.append(button);
    row.append(head);
  });
  const top = document.createElement("thead");
  top.append(row);
  drawn.append(caption, top, body);
  return drawn;
}

function drawRow(row: readonly Cell[], root: string): HTMLTableRowElement {
  const drawn = document.createElement("tr");
  for (const cell of row) {
    const place = document.createElement("td");
    if (!cell) place.append(element("span", "small", "nothing bound"));
    else if (cell.page) place.append(link(root + cell.page, cell));
    else place.textContent = cell.text;
    if (cell?.number != null) place.className = "number";
    drawn.append(place);
  }
  return drawn;
}

function link(address: string, cell: NonNullable<Cell>): HTMLAnchorElement {
  const drawn = document.createElement("a");
  drawn.href = address;
  if (cell.iri) drawn.title = cell.iri;
  drawn.textContent = cell.text;
  return drawn;
}

/** Orders numbers as numbers and texts as texts; what is not bound comes last when going up. */
function compare(one: Cell, other: Cell): number {
  if (!one || !other) return one ? -1 : other ? 1 : 0;
  if (one.number !== null && other.number !== null) return one.number - other.number;
  return one.text.localeCompare(other.text, "en", { numeric: true });
}

export function element(tag: string, name: string, text = ""): HTMLElement {
  const made = document.createElement(tag);
  made.className = name;
  if (text) made.textContent = text;
  return made;
}
