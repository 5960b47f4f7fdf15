// What is offered while a query is written: terms of the ontology by any of their names, variables and keywords.
import type { Completion, CompletionContext, CompletionResult, CompletionSource } from "@codemirror/autocomplete";
import type { EditorView } from "@codemirror/view";
import { missing, placeOf } from "./prefixes";
import type { Term, Terms } from "./terms";

const KEYWORDS = ["SELECT", "DISTINCT", "WHERE", "OPTIONAL", "FILTER", "NOT EXISTS", "UNION", "VALUES", "BIND", "COUNT", "GROUP BY", "ORDER BY", "LIMIT", "CONSTRUCT", "ASK", "DESCRIBE"];
/** A keyword begins no name of a term. */
const KEYWORD = new RegExp(`^(?:a|${KEYWORDS.join("|")})\\b`, "i");
/** A name of two letters fits too much. */
const LEAST = 3;
const WAIT = 120;

type Typed = { from: number; to: number; text: string };

export function completing(terms: Terms): CompletionSource {
  return async (context) => {
    const variable = context.matchBefore(/[?$]\w*/);
    if (variable) return variables(context, variable.from);
    const typed = inText(context) ? null : context.matchBefore(/(?:(?:itb|unit):)?[\w-]+(?: [\w-]+){0,3}/);
    if (!typed || (typed.text.length < LEAST && !context.explicit)) {
      return context.explicit ? { from: context.pos, options: keywords() } : null;
    }
    if (!(await pause(context))) return null;
    return (await named(terms, typed, context)) ?? { from: context.pos - last(typed.text).length, options: keywords() };
  };
}

/** Finds terms by as many of the words before the cursor as name any: in `?f a catheter kin` by the last two. */
async function named(terms: Terms, typed: Typed, context: CompletionContext): Promise<CompletionResult | null> {
  for (let text = typed.text; text; text = text.includes(" ") ? text.slice(text.indexOf(" ") + 1) : "") {
    if (KEYWORD.test(text) || text.length < LEAST) continue;
    const found = await search(terms, spaced(text.replace(/^itb:/, "")), context);
    if (!found) return null;
    const fitting = text.includes(" ") ? found.filter((term) => term.how !== "spelling") : found;
    if (fitting.length) return { from: context.pos - text.length, options: fitting.map(option), filter: false };
  }
  return null;
}

function last(text: string): string {
  return text.slice(text.lastIndexOf(" ") + 1);
}

/** Waits for a pause in typing; says whether there was one. */
async function pause(context: CompletionContext): Promise<boolean> {
  if (!context.explicit) await new Promise((done) => setTimeout(done, WAIT));
  return !context.aborted;
}

/** Returns what is found; null where more was typed meanwhile. */
async function search(terms: Terms, text: string, context: CompletionContext): Promise<readonly Term[] | null> {
  const stop = new AbortController();
  context.addEventListener("abort", () => stop.abort());
  try {
    return await terms.find(text, stop.signal);
  } catch {
    return context.aborted ? null : [];
  }
}

/** Parts the words of a name: catheterKink and catheter_kink find catheter kink. */
function spaced(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, "$1 $2").replace(/[_-]+/g, " ");
}

function option(term: Term): Completion {
  const name = term.name.includes(":") ? term.name : `itb:${term.name}`;
  const other = term.matched && term.matched !== term.label ? `${term.label} (${term.matched})` : term.label;
  return {
    label: name,
    detail: other,
    type: term.kind === "property" ? "property" : "class",
    info: term.definition || undefined,
    apply: (view, _, from, to) => insert(view, name, from, to),
  };
}

/** Puts a name in, and above it the line that declares its prefix where there is none. */
function insert(view: EditorView, name: string, from: number, to: number): void {
  const text = view.state.doc.toString();
  const lines = missing(text.slice(0, from) + name + text.slice(to));
  const place = Math.min(placeOf(text), from);
  const changes = [...(lines ? [{ from: place, insert: lines }] : []), { from, to, insert: name }];
  view.dispatch({ changes, selection: { anchor: from + lines.length + name.length }, userEvent: "input.complete" });
}

function variables(context: CompletionContext, from: number): CompletionResult | null {
  const before = context.state.doc.toString();
  const all = new Set([...before.matchAll(/[?$]\w+/g)].filter((one) => one.index !== from).map((one) => one[0]));
  return all.size ? { from, options: [...all].sort().map((label) => ({ label, type: "variable" })) } : null;
}

function keywords(): Completion[] {
  return KEYWORDS.map((label) => ({ label, type: "keyword" }));
}

/** Says whether the cursor stands in a comment or a text. */
function inText(context: CompletionContext): boolean {
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from).replace(/<[^>\s]*>/g, "");
  return /#/.test(before) || (before.match(/"/g)?.length ?? 0) % 2 === 1;
}
