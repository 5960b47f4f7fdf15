// An answer as a bar or line chart of two of its columns.
import type { TopLevelSpec } from "vega-lite";
import { draw } from "../chart/draw";
import { element, type Table } from "./table";

/** More bars than these nobody can read. */
const MOST = 60;
const [INK, SOFT, LINE, BAR] = ["#1a1a1a", "#4d4d4d", "#dedede", "#0072b2"];

/** Names the columns of numbers; a table without one makes no chart. */
export function numeric(table: Table): number[] {
  return table.columns.map((_, at) => at).filter((at) => table.rows.some((row) => row[at]?.number != null));
}

export function drawChart(table: Table): HTMLElement {
  const place = element("div", "charting");
  const drawing = element("div", "drawing");
  const note = element("p", "small");
  note.setAttribute("role", "status");
  const numbers = numeric(table);
  const all = table.columns.map((_, at) => at);
  const first = all.find((at) => !numbers.includes(at)) ?? 0;
  const along = select("Along", table, all, first);
  const value = select("Numbers", table, numbers, numbers[0] ?? 0);
  const kind = choice("Kind", [["bar", "Bars"], ["line", "Line"]]);
  const controls = element("div", "doing");
  controls.append(along.label, value.label, kind.label);
  place.append(controls, note, drawing);
  let clear = (): void => undefined;
  const again = async (): Promise<void> => {
    clear();
    drawing.replaceChildren();
    const [x, y] = [Number(along.select.value), Number(value.select.value)];
    const rows = table.rows.filter((row) => row[y]?.number != null);
    note.textContent = rows.length > MOST ? `The first ${MOST} of ${rows.length} rows; the table has all.` : "";
    clear = await draw(drawing, specify(table, rows.slice(0, MOST), x, y, kind.select.value, place.clientWidth || 640));
  };
  for (const one of [along, value, kind]) one.select.addEventListener("change", () => void again());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => void again());
  requestAnimationFrame(() => void again());
  return place;
}

function specify(table: Table, rows: Table["rows"], x: number, y: number, kind: string, width: number): TopLevelSpec {
  const [along, number] = [table.columns[x] ?? "", table.columns[y] ?? ""];
  const isNumber = rows.every((row) => row[x]?.number != null);
  const values = rows.map((row, order) => ({
    along: isNumber ? row[x]?.number : labelled(row, x, table),
    number: row[y]?.number,
    order,
  }));
  const axis = { labelLimit: Math.min(260, width / 2.5), titleColor: SOFT };
  const numbers = { field: "number", type: "quantitative", title: number, axis: { titleColor: SOFT, tickCount: 5 } };
  const steps = { field: "along", type: isNumber ? "quantitative" : "ordinal", title: along, sort: null, axis };
  const isLine = kind === "line";
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    title: { text: `${number} by ${along}`, color: INK, anchor: "start", fontSize: 13 },
    description: `${isLine ? "Line" : "Bar"} chart of ${rows.length} rows; the table says the same.`,
    width: isLine ? width - 80 : Math.max(width - axis.labelLimit - 80, 120),
    ...(isLine ? { height: 280 } : {}),
    background: "transparent",
    data: { values },
    mark: isLine ? { type: "line", point: true, color: BAR } : { type: "bar", color: BAR, ...(isNumber ? { size: 12 } : {}) },
    encoding: isLine ? { x: steps, y: numbers } : { y: steps, x: numbers },
    config: {
      view: { stroke: null },
      axis: { labelColor: INK, gridColor: LINE, domainColor: SOFT, tickColor: SOFT, labelFontSize: 12, titleFontSize: 12 },
    },
  } as unknown as TopLevelSpec;
}

/** Names a row; rows of one name are told apart by the other texts beside it. */
function labelled(row: Table["rows"][number], at: number, table: Table): string {
  const name = row[at]?.text ?? "nothing bound";
  const alike = table.rows.filter((other) => other[at]?.text === row[at]?.text).length > 1;
  if (!alike) return name;
  return [name, ...row.filter((cell, place) => place !== at && cell?.number === null).map((cell) => cell?.text)].join(" · ");
}

function select(text: string, table: Table, columns: readonly number[], chosen: number): { label: HTMLElement; select: HTMLSelectElement } {
  const made = choice(text, columns.map((at) => [String(at), table.columns[at] ?? ""] as const));
  made.select.value = String(chosen);
  return made;
}

function choice(text: string, options: readonly (readonly [string, string])[]): { label: HTMLElement; select: HTMLSelectElement } {
  const label = element("label", "");
  const made = document.createElement("select");
  for (const [value, words] of options) made.append(new Option(words, value));
  label.append(`${text} `, made);
  return { label, select: made };
}
