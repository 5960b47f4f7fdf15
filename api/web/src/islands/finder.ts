// Chooses cases in the browser, where no server does: by the words that stand in the address, and those of the story's
// title. What a report does not say fulfils no condition.

interface Row {
  id: string;
  title: string;
  events: string[];
  cause: string;
  outcomes: string[];
  year: number | null;
  read: string;
  status: string;
  same: string[];
}
type Words = Record<string, Record<string, number[]>>;
type Pair = readonly [string, string];

export async function start(form: HTMLElement): Promise<void> {
  const found = document.querySelector("#found")?.closest("section");
  if (!(form instanceof HTMLFormElement) || !found) return;
  const response = await fetch(new URL(form.dataset.cases ?? "", location.href));
  const { cases, words } = (await response.json()) as { cases: Row[]; words: Words };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    location.search = String(written([...asked().filter(([name]) => !form.elements.namedItem(name)), ...given(form)]));
  });
  form.addEventListener("change", () => form.requestSubmit());
  if (location.search) new Finder(cases, words).show(found, form);
}

function given(form: HTMLFormElement): Pair[] {
  return [...new FormData(form)].flatMap(([name, text]) => (typeof text === "string" && text.trim() ? [[name, text] as const] : []));
}

function asked(): Pair[] {
  return [...new URLSearchParams(location.search)].filter(([name, text]) => text && name !== "offset");
}

function written(pairs: readonly Pair[]): URLSearchParams {
  return new URLSearchParams(pairs.map(([name, text]) => [name, text]));
}

class Finder {
  private readonly asked = asked();
  private readonly chosen: number[];

  constructor(
    private readonly cases: Row[],
    private readonly words: Words,
  ) {
    const sets = this.asked.filter(([name]) => name !== "sort").map(([name, text]) => this.fulfilling(name, text));
    this.chosen = [...cases.keys()].filter((place) => sets.every((set) => set.has(place)));
    if (this.asked.some(([name, text]) => name === "sort" && text === "year")) {
      this.chosen.sort((one, other) => (cases[one]?.year ?? 9999) - (cases[other]?.year ?? 9999) || one - other);
    }
  }

  /** Returns the places of the cases that fulfil one condition; commas separate words of which any will do. */
  private fulfilling(name: string, text: string): Set<number> {
    const whole = [...this.cases.keys()];
    if (name === "text") return new Set(whole.filter((place) => this.cases[place]?.title.toLowerCase().includes(text.toLowerCase())));
    if (name === "year") {
      const [first, last = first] = text.split("..");
      return new Set(whole.filter((place) => this.isWithin(place, Number(first || 0), Number(last || 9999))));
    }
    const field = this.words[name] ?? {};
    return new Set(text.split(",").flatMap((one) => field[one.trim()] ?? []));
  }

  private isWithin(place: number, first: number, last: number): boolean {
    const year = this.cases[place]?.year;
    return typeof year === "number" && first <= year && year <= last;
  }

  show(found: Element, form: HTMLFormElement): void {
    for (const [name, text] of this.asked) {
      const field = form.elements.namedItem(name);
      if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = text;
    }
    const title = element("h2", { id: "found", className: "counted" }, element("strong", {}, String(this.chosen.length)));
    title.append(` of ${this.cases.length} cases`);
    const list = element("ol", { className: "cards" }, ...this.chosen.map((place) => this.card(this.cases[place] as Row)));
    const none = element("p", { className: "notice" }, "No case fulfils all of these conditions. Take one away; what a report does not say fulfils none.");
    found.replaceChildren(title, this.chips(), this.chosen.length ? list : none);
    this.recount();
  }

  private chips(): HTMLElement {
    const chips = this.asked.filter(([name]) => name !== "sort").map((pair) => {
      const rest = this.asked.filter((one) => one !== pair);
      const unseen = element("span", { className: "unseen" }, ", take this condition away");
      const what = element("span", { className: "what" }, pair[0].replaceAll("_", " "));
      const link = element("a", { href: this.address(rest) }, what, ` ${pair[1]} ×`, unseen);
      return element("li", {}, link);
    });
    const all = element("li", {}, element("a", { href: this.address([]), className: "all" }, "Take all away"));
    const list = element("ul", { className: "chips" }, ...chips, all);
    list.setAttribute("aria-label", "Conditions");
    return list;
  }

  private card(row: Row): HTMLElement {
    const tags = element("p", { className: "tags" });
    for (const event of row.events) tags.append(element("span", { className: "tag" }, event), " ");
    tags.append(row.cause || element("span", { className: "silent" }, "cause not reported"));
    const told = [row.outcomes.join(", ") || "outcome not reported", row.id, row.year, row.read, row.status];
    const same = row.same.length ? ` · same patient as ${row.same.join(", ")}` : "";
    const link = element("a", { href: `cases/${row.id}.html` }, row.title);
    const small = element("p", { className: "small" }, told.filter(Boolean).join(" · ") + same);
    return element("li", {}, element("h3", {}, link), tags, small);
  }

  /** Counts the facets anew among the chosen cases, and lets each link add its condition to those that hold. */
  private recount(): void {
    for (const link of document.querySelectorAll<HTMLAnchorElement>("details.facet a[href]")) {
      const pair = [...new URL(link.dataset.asks ?? link.href, location.href).searchParams][0];
      if (!pair) continue;
      const rest = this.asked.filter(([name, text]) => name !== pair[0] || text !== pair[1]);
      const isChosen = rest.length < this.asked.length;
      const having = this.fulfilling(pair[0], pair[1]);
      const count = this.chosen.filter((place) => having.has(place)).length;
      link.href = this.address(isChosen ? rest : [...this.asked.filter(([name]) => pair[0] !== "year" || name !== "year"), pair]);
      if (isChosen) link.setAttribute("aria-current", "true");
      const number = link.parentElement?.querySelector(":scope > .count");
      if (number) number.textContent = String(count);
      link.closest("li")?.toggleAttribute("hidden", !count);
    }
    for (const note of document.querySelectorAll<HTMLElement>("details.facet > .small")) note.hidden = true;
  }

  private address(pairs: readonly Pair[]): string {
    return pairs.length ? `${location.pathname}?${written(pairs)}` : location.pathname;
  }
}

/** Makes an element; text is text and never markup. */
function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  given: Partial<HTMLElementTagNameMap[Name]>,
  ...inside: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = Object.assign(document.createElement(name), given);
  made.append(...inside);
  return made;
}
