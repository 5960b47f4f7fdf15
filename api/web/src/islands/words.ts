// The tree of words: filtered while one types, and walked by keyboard as a tree view
// (https://www.w3.org/WAI/ARIA/apg/patterns/treeview/).
import { element } from "../results/table";

export function start(list: HTMLElement): void {
  new Tree(list).offerFilter();
}

class Tree {
  private readonly items: readonly HTMLElement[];

  constructor(private readonly list: HTMLElement) {
    list.setAttribute("role", "tree");
    list.setAttribute("aria-label", "Words");
    for (const details of list.querySelectorAll("details")) unfold(details);
    for (const group of list.querySelectorAll("ul")) group.setAttribute("role", "group");
    this.items = [...list.querySelectorAll("li")];
    for (const item of this.items) this.prepare(item);
    this.items[0]?.setAttribute("tabindex", "0");
    list.addEventListener("keydown", (event) => this.walk(event));
    list.addEventListener("focusin", (event) => {
      const item = event.target instanceof Element ? event.target.closest("li") : null;
      if (item) this.rove(item, event.target !== item);
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
    const leaf = item.querySelector<HTMLElement>(":scope > .leaf, :scope > .row > .leaf");
    item.setAttribute("role", "treeitem");
    item.tabIndex = -1;
    item.setAttribute("aria-label", leaf?.innerText.replace(/\s+/g, " ").trim() ?? "");
    for (const link of leaf?.querySelectorAll("a") ?? []) link.tabIndex = -1;
    const twist = item.querySelector<HTMLElement>(":scope > .row > .twist");
    twist?.addEventListener("click", () => set(item, !isOpen(item)));
    if (twist) set(item, isOpen(item));
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
      item.hidden = words.length > 0 && !kept.has(item);
      item.classList.toggle("faint", words.length > 0 && !found.includes(item));
      if (!item.hasAttribute("aria-expanded")) continue;
      item.dataset.was ??= String(isOpen(item));
      const holds = found.some((one) => one !== item && item.contains(one));
      set(item, words.length ? holds : item.dataset.was === "true");
      if (!words.length) delete item.dataset.was;
    }
    this.rove(this.visible()[0], true);
    return words.length ? `${found.length} of ${this.items.length} words` : "";
  }

  private visible(): HTMLElement[] {
    return this.items.filter((item) => !item.closest("[hidden]"));
  }

  /** Lets Tab come to one item alone. */
  private rove(item: HTMLElement | undefined, quietly: boolean): void {
    if (!item) return;
    for (const other of this.list.querySelectorAll("[tabindex='0']")) other.setAttribute("tabindex", "-1");
    item.tabIndex = 0;
    if (!quietly) item.focus();
  }

  private go(item: HTMLElement | undefined, event: KeyboardEvent): void {
    if (!item) return;
    event.preventDefault();
    item.focus();
    item.querySelector(".leaf")?.scrollIntoView({ block: "nearest" });
  }

  private walk(event: KeyboardEvent): void {
    const item = event.target instanceof Element ? event.target.closest<HTMLElement>("li") : null;
    if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
    const shown = this.visible();
    const at = shown.indexOf(item);
    const above = item.parentElement?.closest<HTMLElement>("li") ?? undefined;
    const folds = item.hasAttribute("aria-expanded");
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
        if (folds && !isOpen(item)) return this.turn(item, true, event);
        return folds ? this.go(shown[at + 1], event) : undefined;
      case "ArrowLeft":
        return folds && isOpen(item) ? this.turn(item, false, event) : this.go(above, event);
      case "Enter":
        item.querySelector<HTMLAnchorElement>(".leaf a")?.click();
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

/** Takes what a details element holds out of it: what is shown, and what can be opened below. */
function unfold(details: HTMLDetailsElement): void {
  const item = details.parentElement;
  const [summary, group] = [details.querySelector("summary"), details.querySelector("ul")];
  if (!item || !summary || !group) return;
  const row = element("div", "row");
  const twist = element("span", "twist");
  twist.setAttribute("aria-hidden", "true");
  row.append(twist, ...summary.childNodes);
  item.setAttribute("aria-expanded", String(details.open));
  details.replaceWith(row, group);
}

function isOpen(item: HTMLElement): boolean {
  return item.getAttribute("aria-expanded") === "true";
}

function set(item: HTMLElement, open: boolean): void {
  item.setAttribute("aria-expanded", String(open));
  const group = item.querySelector<HTMLElement>(":scope > ul");
  const twist = item.querySelector<HTMLElement>(":scope > .row > .twist");
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
