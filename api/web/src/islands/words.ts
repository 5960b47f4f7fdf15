// The tree of words: filtered while one types, and walked by keyboard as a tree view
// (https://www.w3.org/WAI/ARIA/apg/patterns/treeview/).
import { element } from "../results/table";

export function start(list: HTMLElement): void {
  new Tree(list).offerFilter();
}

class Tree {
  private readonly items: readonly HTMLElement[];

  constructor(private readonly list: HTMLElement) {
    this.items = [...list.querySelectorAll("li")];
    for (const item of this.items) unfold(item);
    for (const part of list.querySelectorAll("ul, li")) part.setAttribute("role", "none");
    list.setAttribute("role", "tree");
    list.setAttribute("aria-label", "Words");
    for (const item of this.items) this.prepare(item);
    const [first] = this.items;
    if (first) rowOf(first).tabIndex = 0;
    list.addEventListener("keydown", (event) => this.walk(event));
    list.addEventListener("focusin", (event) => {
      const item = event.target instanceof Element ? event.target.closest("li") : null;
      if (item) this.rove(item);
    });
  }

  /** Puts a field above the tree. */
  offerFilter(): void {
    const place = element("div", "finder screen");
    const label = element("label", "", "Filter the tree") as HTMLLabelElement;
    const field = document.createElement("input");
    const said = element("span", "small");
    field.type = "search";
    field.id = label.htmlFor = "tree-filter";
    field.maxLength = 200;
    said.setAttribute("role", "status");
    field.addEventListener("input", () => (said.textContent = this.filter(field.value)));
    field.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") this.go(this.visible()[0], event);
    });
    place.append(label, field, said);
    this.list.before(place);
  }

  private prepare(item: HTMLElement): void {
    const row = rowOf(item);
    const [group, beside] = [item.parentElement, [...(item.parentElement?.children ?? [])]];
    row.setAttribute("role", "treeitem");
    row.tabIndex = -1;
    row.setAttribute("aria-level", String(levelOf(group, this.list)));
    row.setAttribute("aria-setsize", String(beside.length));
    row.setAttribute("aria-posinset", String(beside.indexOf(item) + 1));
    for (const link of row.querySelectorAll("a")) link.tabIndex = -1;
    if (!folds(item)) return;
    row.querySelector(".twist")?.addEventListener("click", () => set(item, !isOpen(item)));
    set(item, isOpen(item));
  }

  /** Shows what has all words in one of its names, with all above it; says how many. */
  private filter(text: string): string {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    const found = this.items.filter((item) => words.every((word) => namesOf(item).includes(word)));
    const kept = new Set<Element>();
    for (const item of found) {
      for (let one: Element | null = item; one && one !== this.list; one = one.parentElement) kept.add(one);
    }
    for (const item of this.items) {
      item.hidden = words.length > 0 && !kept.has(item) && !found.some((one) => one.contains(item));
      item.classList.toggle("faint", words.length > 0 && !found.includes(item));
      if (!folds(item)) continue;
      item.dataset.was ??= String(isOpen(item));
      const holds = found.some((one) => one !== item && item.contains(one));
      set(item, words.length ? holds : item.dataset.was === "true");
      if (!words.length) delete item.dataset.was;
    }
    this.rove(this.visible()[0]);
    return words.length ? `${found.length} of ${this.items.length} words` : "";
  }

  private visible(): HTMLElement[] {
    return this.items.filter((item) => !item.closest("[hidden]"));
  }

  /** Lets Tab come to one item alone. */
  private rove(item: HTMLElement | undefined): void {
    if (!item) return;
    for (const other of this.list.querySelectorAll("[tabindex='0']")) other.setAttribute("tabindex", "-1");
    rowOf(item).tabIndex = 0;
  }

  private go(item: HTMLElement | undefined, event: KeyboardEvent): void {
    if (!item) return;
    event.preventDefault();
    rowOf(item).focus();
    rowOf(item).scrollIntoView({ block: "nearest" });
  }

  private walk(event: KeyboardEvent): void {
    const item = event.target instanceof Element ? event.target.closest<HTMLElement>("li") : null;
    if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
    const shown = this.visible();
    const at = shown.indexOf(item);
    const above = item.parentElement?.closest<HTMLElement>("li") ?? undefined;
    const branch = folds(item);
    switch (event.key) {
      case "ArrowDown":
        return this.go(shown[at + 1], event);
      case "ArrowUp":
        return this.go(shown[at - 1], event);
      case "Home":
        return this.go(shown[0], event);
      case "End":
        return this.go(shown.at(-1), event);
      case "ArrowRight":
        if (branch && !isOpen(item)) return this.turn(item, true, event);
        return branch ? this.go(shown[at + 1], event) : undefined;
      case "ArrowLeft":
        return branch && isOpen(item) ? this.turn(item, false, event) : this.go(above, event);
      case "Enter":
        if (!(event.target instanceof HTMLAnchorElement)) rowOf(item).querySelector("a")?.click();
        return;
      default:
        if (/^\p{L}$/u.test(event.key)) this.go(beginning(event.key, [...shown.slice(at + 1), ...shown.slice(0, at)]), event);
    }
  }

  private turn(item: HTMLElement, open: boolean, event: KeyboardEvent): void {
    event.preventDefault();
    set(item, open);
  }
}

/** Makes a row of what an item shows, taken out of its details element if it has one. */
function unfold(item: HTMLElement): void {
  const row = element("div", "row");
  const twist = element("span", "twist");
  twist.setAttribute("aria-hidden", "true");
  const details = item.querySelector<HTMLDetailsElement>(":scope > details");
  const [summary, group] = [details?.querySelector(":scope > summary"), details?.querySelector(":scope > ul")];
  row.append(twist, ...(summary ?? item).childNodes);
  if (details && group) row.setAttribute("aria-expanded", String(details.open));
  item.replaceChildren(row, ...(group ? [group] : []));
}

function rowOf(item: HTMLElement): HTMLElement {
  return item.firstElementChild as HTMLElement;
}

function levelOf(group: Element | null, top: Element): number {
  let level = 1;
  for (let one = group; one && one !== top; one = one.parentElement) if (one instanceof HTMLUListElement) level += 1;
  return level;
}

function folds(item: HTMLElement): boolean {
  return rowOf(item).hasAttribute("aria-expanded");
}

function isOpen(item: HTMLElement): boolean {
  return rowOf(item).getAttribute("aria-expanded") === "true";
}

function set(item: HTMLElement, open: boolean): void {
  rowOf(item).setAttribute("aria-expanded", String(open));
  const group = item.querySelector<HTMLElement>(":scope > ul");
  const twist = rowOf(item).querySelector(".twist");
  if (group) group.hidden = !open;
  if (twist) twist.textContent = open ? "▾" : "▸";
}

function namesOf(item: HTMLElement): string {
  const label = item.querySelector(".leaf a")?.textContent ?? "";
  return `${label}; ${item.dataset.names ?? ""}`.toLowerCase();
}

function beginning(letter: string, items: readonly HTMLElement[]): HTMLElement | undefined {
  return items.find((item) => namesOf(item).startsWith(letter.toLowerCase()));
}
