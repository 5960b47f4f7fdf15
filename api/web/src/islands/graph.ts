// Draws the list of classes and the table of links as a network; places come from the server. List and drawing are kept
// in step: what is chosen or has the focus in one is marked in the other.
import { announce, swap, SwapError } from "../swap";
import type { Network } from "../graph/network";

const REGIONS = ["nodes", "chosen"];

export async function start(figure: HTMLElement): Promise<void> {
  const stage = document.createElement("div");
  stage.className = "stage";
  stage.setAttribute("role", "img");
  stage.setAttribute("aria-label", "Drawing of the network; the list of classes beside it says the same and chooses in it");
  const tools = document.createElement("div");
  tools.className = "tools";
  tools.setAttribute("role", "group");
  tools.setAttribute("aria-label", "Move the drawing");
  figure.prepend(tools, stage);
  try {
    const { Network } = await import("../graph/network");
    connect(new Network(stage, anchors("node"), anchors("link")), tools);
  } catch (error) {
    stage.remove();
    tools.textContent = "The network could not be drawn. The list and the table say the same.";
    console.error(error);
  }
}

function connect(network: Network, tools: HTMLElement): void {
  for (const [text, words, act] of [
    ["+", "Larger", () => network.zoom(1.25)],
    ["−", "Smaller", () => network.zoom(0.8)],
    ["←", "To the left", () => network.pan(1, 0)],
    ["→", "To the right", () => network.pan(-1, 0)],
    ["↑", "Up", () => network.pan(0, 1)],
    ["↓", "Down", () => network.pan(0, -1)],
    ["All", "Show all", () => network.fit()],
  ] as const) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text;
    button.setAttribute("aria-label", words);
    button.title = words;
    button.addEventListener("click", act);
    tools.append(button);
  }
  network.onTap((name) => void go(anchorOf(name)?.href, network, true));
  network.mark(chosen());
  const look = (event: Event): void => {
    const anchor = event.target instanceof Element ? event.target.closest<HTMLElement>("#nodes [data-node]") : null;
    network.look(anchor?.dataset.node);
  };
  for (const kind of ["focusin", "mouseover"]) document.addEventListener(kind, look);
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>(LINKS) : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    void go(link.href, network, true, link.dataset.node);
  });
  window.addEventListener("popstate", () => void go(location.href, network, false));
}

const LINKS = "#nodes a[data-node], #chosen a[data-swap], .edges a[data-swap]";

/** Chooses what an address says, here and in the drawing; the focus stays where it was in the list. */
async function go(address: string | undefined, network: Network, forward: boolean, name?: string): Promise<void> {
  if (!address) return;
  try {
    if (!(await swap(address, REGIONS))) return;
  } catch (error) {
    announce(error instanceof SwapError ? error.message : "Something went wrong. What stands here is as it was.", true);
    return;
  }
  if (forward) history.pushState(null, "", address);
  markLinks(new URL(address, location.href).searchParams.getAll("link"));
  network.mark(chosen());
  if (name) anchorOf(name)?.focus({ preventScroll: true });
  else if (forward) document.getElementById("chosen")?.focus({ preventScroll: true });
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
