// The drawing in which one moves, with its tools; the wheel belongs to the page.
import type { Shown } from "../islands/graph";
import { Network } from "./network";

export class Moving implements Shown {
  private readonly network: Network;

  constructor(
    private readonly place: HTMLElement,
    nodes: readonly HTMLAnchorElement[],
    links: readonly HTMLAnchorElement[],
    choose: (name: string) => void,
  ) {
    const stage = document.createElement("div");
    stage.className = "stage";
    stage.setAttribute("role", "img");
    stage.setAttribute("aria-label", "Drawing of the network; the list of classes beside it says the same and chooses in it");
    const tools = document.createElement("div");
    tools.className = "tools";
    tools.setAttribute("role", "group");
    tools.setAttribute("aria-label", "Move the drawing");
    place.replaceChildren(tools, stage);
    this.network = new Network(stage, nodes, links);
    this.network.onTap(choose);
    this.equip(tools);
  }

  mark(names: readonly string[]): void {
    this.network.mark(names);
  }

  look(name: string | undefined): void {
    this.network.look(name);
  }

  end(): void {
    this.network.end();
    this.place.replaceChildren();
  }

  private equip(tools: HTMLElement): void {
    const network = this.network;
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
  }
}
