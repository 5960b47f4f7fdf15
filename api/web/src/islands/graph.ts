// Keeps the list of classes, the table of links and the picture of the network in step: what is chosen or has the focus
// in one is marked in the other. The picture comes from the server; who wants to move in it opens a drawing in its place.
import type { Moving } from "../graph/moving";
import { Picture } from "../graph/picture";
import { announce, swap, SwapError } from "../swap";
import { toggle } from "../toggle";

const REGIONS = ["drawing", "nodes", "chosen"];
const LINKS = "#drawing a[data-at], #nodes a[data-node], #chosen a[data-swap], .edges a[data-swap]";
const WORDS = ["Move in the network", "Back to the picture"] as const;

/** What shows the network: the picture, or the drawing in which one moves. */
export interface Shown {
  /** Marks what is chosen, with what it is linked with. */
  mark(names: readonly string[]): void;
  /** Marks one class for as long as it is looked at; without one, what is chosen again. */
  look(name: string | undefined): void;
}

export function start(figure: HTMLElement): void {
  new Graph(figure).listen();
}

class Graph {
  private readonly place = document.createElement("div");
  private shown: Shown = new Picture();
  private moving: Moving | undefined;

  constructor(private readonly figure: HTMLElement) {
    figure.prepend(toggle("network", WORDS, "", this.place, (open) => void this.turn(open)), this.place);
  }

  listen(): void {
    const look = (event: Event): void => {
      const anchor = event.target instanceof Element ? event.target.closest<HTMLElement>("#nodes [data-node]") : null;
      this.shown.look(anchor?.dataset.node);
    };
    for (const kind of ["focusin", "mouseover"]) document.addEventListener(kind, look);
    document.addEventListener("click", (event) => {
      const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement | SVGAElement>(LINKS) : null;
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      void this.go(link.getAttribute("href"), true, link.dataset.node ?? link.dataset.at);
    });
    window.addEventListener("popstate", () => void this.go(location.href, false));
  }

  private async turn(open: boolean): Promise<void> {
    this.figure.toggleAttribute("data-exploring", open);
    if (!open) {
      this.moving?.end();
      this.moving = undefined;
      this.shown = new Picture();
      return;
    }
    this.figure.setAttribute("aria-busy", "true");
    try {
      const { Moving } = await import("../graph/moving");
      if (!this.figure.hasAttribute("data-exploring")) return; // meanwhile it was shut again
      this.moving = new Moving(this.place, anchors("node"), anchors("link"), (name) => void this.go(anchorOf(name)?.href, true));
      this.shown = this.moving;
      this.shown.mark(chosen());
    } catch (error) {
      this.figure.removeAttribute("data-exploring");
      announce("The network could not be drawn anew. The picture, the list and the table say the same.", true);
      console.error(error);
    } finally {
      this.figure.removeAttribute("aria-busy");
    }
  }

  /** Chooses what an address says, here and in the drawing; the focus stays where it was in the list. */
  private async go(address: string | null | undefined, forward: boolean, name?: string): Promise<void> {
    if (!address) return;
    const there = new URL(address, location.href);
    try {
      if (!(await swap(there.href, REGIONS))) return;
    } catch (error) {
      announce(error instanceof SwapError ? error.message : "Something went wrong. What stands here is as it was.", true);
      return;
    }
    if (forward) history.pushState(null, "", there);
    markLinks(there.searchParams.getAll("link"));
    this.shown.mark(chosen());
    if (name) anchorOf(name)?.focus({ preventScroll: true });
    else if (forward) document.getElementById("chosen")?.focus({ preventScroll: true });
  }
}

function markLinks(names: readonly string[]): void {
  for (const anchor of anchors("link")) {
    if (names.includes(anchor.dataset.link ?? "")) anchor.setAttribute("aria-current", "true");
    else anchor.removeAttribute("aria-current");
  }
}

function chosen(): string[] {
  const current = document.querySelectorAll<HTMLElement>("[data-node][aria-current], [data-link][aria-current]");
  return [...current].map((anchor) => anchor.dataset.node ?? anchor.dataset.link ?? "");
}

function anchors(kind: "node" | "link"): HTMLAnchorElement[] {
  return [...document.querySelectorAll<HTMLAnchorElement>(`a[data-${kind}]`)];
}

function anchorOf(name: string): HTMLAnchorElement | undefined {
  return [...anchors("node"), ...anchors("link")].find((one) => [one.dataset.node, one.dataset.link].includes(name));
}
