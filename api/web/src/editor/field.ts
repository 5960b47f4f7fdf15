// The field in which a query is written: CodeMirror in a shadow root, where its styles are sheets that the policy of the
// pages allows; into the page itself it would put a style element.
import { acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { EditorState, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { completing } from "./completing";
import { missing, placeOf } from "./prefixes";
import type { Writing } from "./plain";
import type { Terms } from "./terms";

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--series-1)", fontWeight: "600" },
  { tag: tags.standard(tags.variableName), color: "var(--series-1)" },
  { tag: tags.local(tags.variableName), color: "var(--series-2)" },
  { tag: tags.atom, color: "var(--series-3)" },
  { tag: tags.string, color: "var(--series-4)" },
  { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
  { tag: tags.meta, color: "var(--soft)" },
]);

const look = EditorView.theme({
  "&": { backgroundColor: "var(--ground)", color: "var(--ink)", fontSize: ".9rem", minHeight: "14rem", maxHeight: "70vh" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--code)", lineHeight: "1.5", minHeight: "14rem" },
  ".cm-content": { caretColor: "var(--ink)", padding: ".5rem 0" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--raised)", color: "var(--soft)", border: "none" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--tint-2) !important" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--tint-2)" },
  ".cm-tooltip": { backgroundColor: "var(--ground)", color: "var(--ink)", border: "1px solid var(--line)", maxWidth: "min(30rem, 90vw)" },
  ".cm-tooltip.cm-completionInfo": { padding: ".5rem", font: ".875rem/1.45 var(--text)" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--tint-2)", color: "var(--ink)" },
  ".cm-completionDetail": { color: "var(--soft)", fontStyle: "normal" },
  ".cm-completionMatchedText": { textDecoration: "underline" },
  ".cm-wrong": { textDecoration: "underline wavy var(--focus)", backgroundColor: "var(--raised)" },
});

/** Marks the place where something is wrong; any change takes the mark away. */
const mark = StateEffect.define<{ from: number; to: number } | null>();
const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marked, change) {
    for (const effect of change.effects) {
      if (!effect.is(mark)) continue;
      return effect.value ? Decoration.set(Decoration.mark({ class: "cm-wrong" }).range(effect.value.from, effect.value.to)) : Decoration.none;
    }
    return change.docChanged ? Decoration.none : marked;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Replaces what is selected itself: the browser would keep its looks in a style attribute, which the policy refuses. */
const replacing = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { data } = event;
    const { main } = view.state.selection;
    if (event.inputType !== "insertText" || event.isComposing || !data || main.empty) return false;
    event.preventDefault();
    const insert = () => view.state.update(view.state.replaceSelection(data), { userEvent: "input.type" });
    const handlers = view.state.facet(EditorView.inputHandler);
    if (!handlers.some((handle) => handle(view, main.from, main.to, data, insert))) view.dispatch(insert());
    return true;
  },
});

export class Field implements Writing {
  private readonly view: EditorView;

  constructor(host: HTMLElement, text: string, terms: Terms, run: () => void) {
    const root = host.attachShadow({ mode: "open" });
    const tab = { key: "Tab", run: acceptCompletion };
    const running = { key: "Mod-Enter", run: () => (run(), true), preventDefault: true };
    const extensions = [
      keymap.of([running, tab, ...closeBracketsKeymap, ...completionKeymap, ...defaultKeymap, ...historyKeymap, indentWithTab]),
      lineNumbers(),
      history(),
      StreamLanguage.define(sparql),
      syntaxHighlighting(colours),
      bracketMatching(),
      closeBrackets(),
      autocompletion({ override: [completing(terms)], activateOnTyping: true, icons: false }),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-label": "Query, in SPARQL", spellcheck: "false" }),
      replacing,
      marks,
      look,
    ];
    this.view = new EditorView({ state: EditorState.create({ doc: text, extensions }), root, parent: root });
  }

  get text(): string {
    return this.view.state.doc.toString();
  }

  declare(): void {
    const lines = missing(this.text);
    if (lines) this.view.dispatch({ changes: { from: placeOf(this.text), insert: lines } });
  }

  /** Marks a place and puts the cursor there. */
  point(line: number, column: number): void {
    const { doc } = this.view.state;
    if (line < 1 || line > doc.lines) return;
    const at = doc.line(line);
    const from = Math.min(at.from + Math.max(column - 1, 0), at.to);
    const to = Math.min(from + 1, at.to);
    const effects = mark.of(from < to ? { from, to } : at.from < at.to ? { from: at.from, to: at.to } : null);
    this.view.dispatch({ effects, selection: { anchor: from }, scrollIntoView: true });
  }

  /** Takes the focus, with the cursor at a place where one is given. */
  focus(at?: number): void {
    if (at !== undefined) this.view.dispatch({ selection: { anchor: Math.min(at, this.view.state.doc.length) } });
    this.view.focus();
  }
}
