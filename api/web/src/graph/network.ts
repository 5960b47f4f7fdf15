// The drawing itself: Cytoscape with places and colours that are given.
import cytoscape, { type Core, type ElementDefinition, type NodeSingular, type StylesheetJson } from "cytoscape";
import { unstyled } from "./unstyled";

const SHAPES: Readonly<Record<string, cytoscape.Css.NodeShape>> = {
  cause: "diamond",
  mechanism: "triangle",
  event: "hexagon",
  finding: "ellipse",
  outcome: "rectangle",
};
const COLOURS: Readonly<Record<string, string>> = {
  cause: "--series-2",
  mechanism: "--series-6",
  event: "--series-5",
  finding: "--series-1",
  outcome: "--series-3",
};
/** Below this scale nobody can read a label. */
const [READABLE, LEAST, MOST, STEP, MARGIN] = [0.7, 0.15, 3, 120, 40];

export class Network {
  private readonly cy: Core;
  private readonly resizing = new ResizeObserver(() => this.cy.resize());
  private readonly theme = matchMedia("(prefers-color-scheme: dark)");
  private readonly paint = (): void => void this.cy.style(styles());
  private marked: readonly string[] = [];

  constructor(stage: HTMLElement, nodes: readonly HTMLAnchorElement[], links: readonly HTMLAnchorElement[]) {
    unstyled();
    this.cy = cytoscape({
      container: stage,
      elements: [...nodes.map(nodeOf), ...links.map(linkOf)],
      layout: { name: "preset" },
      style: styles(),
      minZoom: LEAST,
      maxZoom: MOST,
      userZoomingEnabled: false, // the wheel belongs to the page
      boxSelectionEnabled: false,
      autoungrabify: true,
      autounselectify: true,
    });
    this.begin();
    this.resizing.observe(stage);
    this.theme.addEventListener("change", this.paint);
  }

  /** Takes the drawing away. */
  end(): void {
    this.resizing.disconnect();
    this.theme.removeEventListener("change", this.paint);
    this.cy.destroy();
  }

  /** Shows all where that can be read, else the upper left part at a size that can. */
  private begin(): void {
    this.fit();
    if (this.cy.zoom() >= READABLE) return;
    this.cy.zoom(READABLE);
    const box = this.cy.elements().boundingBox();
    this.cy.pan({ x: MARGIN - box.x1 * READABLE, y: MARGIN / 2 - box.y1 * READABLE });
  }

  fit(): void {
    this.cy.fit(undefined, MARGIN / 2);
  }

  zoom(by: number): void {
    const middle = { x: this.cy.width() / 2, y: this.cy.height() / 2 };
    this.cy.zoom({ level: this.cy.zoom() * by, renderedPosition: middle });
  }

  pan(x: number, y: number): void {
    this.cy.panBy({ x: x * STEP, y: y * STEP });
  }

  onTap(choose: (name: string) => void): void {
    this.cy.on("tap", "node, edge", (event) => choose(event.target.id()));
  }

  /** Marks what is chosen, with what it is linked with. */
  mark(names: readonly string[]): void {
    this.marked = names;
    this.show(names);
  }

  /** Marks one class for as long as it is looked at; without one, what is chosen again. */
  look(name: string | undefined): void {
    this.show(name ? [name] : this.marked);
  }

  private show(names: readonly string[]): void {
    const chosen = this.cy.elements().filter((part) => names.includes(part.id()));
    const near = chosen.union(chosen.nodes().closedNeighborhood()).union(chosen.edges().connectedNodes());
    this.cy.batch(() => {
      this.cy.elements().removeClass("chosen near faint");
      if (chosen.empty()) return;
      this.cy.elements().difference(near).addClass("faint");
      near.addClass("near");
      chosen.addClass("chosen");
    });
    const first = chosen.nodes().first();
    if (first.nonempty() && !this.sees(first)) this.cy.center(first);
  }

  private sees(node: NodeSingular): boolean {
    const { x, y } = node.renderedPosition();
    return x > 0 && y > 0 && x < this.cy.width() && y < this.cy.height();
  }
}

function nodeOf(anchor: HTMLAnchorElement): ElementDefinition {
  const { node, kind, n, half, x, y } = anchor.dataset;
  const data = { id: node, label: `${anchor.textContent} (${n})`, kind, size: 2 * Number(half) };
  return { group: "nodes", data, position: { x: Number(x), y: Number(y) } };
}

function linkOf(anchor: HTMLAnchorElement): ElementDefinition {
  const [source, target] = (anchor.dataset.link ?? "~").split("~");
  const n = Number(anchor.dataset.n);
  const data = { id: anchor.dataset.link, source: source ?? "", target: target ?? "", width: 1 + Math.log2(n), few: n < 3 };
  return { group: "edges", data };
}

/** Reads the colours of the page as it looks now. */
function styles(): StylesheetJson {
  const page = getComputedStyle(document.documentElement);
  const token = (name: string): string => page.getPropertyValue(name).trim();
  const of = (node: NodeSingular): string => token(COLOURS[node.data("kind") as string] ?? "--ink");
  return [
    {
      selector: "node",
      style: {
        shape: (node: NodeSingular) => SHAPES[node.data("kind") as string] ?? "ellipse",
        width: "data(size)",
        height: "data(size)",
        "background-color": of,
        "border-width": 1,
        "border-color": token("--ground"),
        label: "data(label)",
        color: token("--ink"),
        "font-family": token("--text"),
        "font-size": 13,
        "text-halign": "right",
        "text-valign": "center",
        "text-margin-x": 5,
        "text-wrap": "wrap",
        "text-max-width": "150px",
        "text-background-color": token("--ground"),
        "text-background-opacity": 0.85,
        "text-background-padding": "1px",
      },
    },
    {
      selector: "edge",
      style: {
        width: "data(width)",
        "line-color": token("--chart-band"),
        "target-arrow-color": token("--chart-band"),
        "target-arrow-shape": "triangle",
        "curve-style": "bezier",
      },
    },
    { selector: "edge[?few]", style: { "line-style": "dashed" } },
    { selector: "edge.faint", style: { opacity: 0.18 } },
    { selector: "node.faint", style: { "background-opacity": 0.3, color: token("--soft") } }, // its label stays readable
    {
      selector: "edge.near, edge.chosen",
      style: { "line-color": token("--accent"), "target-arrow-color": token("--accent"), "z-index": 2 },
    },
    { selector: "node.chosen", style: { "border-width": 4, "border-color": token("--focus"), "font-weight": "bold" } },
  ] as unknown as StylesheetJson;
}
