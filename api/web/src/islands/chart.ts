// Draws the chart of a figure from the address in data-spec when it is asked for, and takes it away again.
// The table beside it says the same, so that nothing is lost where it cannot be drawn.
import type { TopLevelSpec } from "vega-lite";
import { toggle } from "../toggle";

const [LEAST, MOST, STEP] = [320, 2400, 10];
const WORDS = ["Show the chart", "Hide the chart"] as const;

export function start(figure: HTMLElement): void {
  new Chart(figure);
}

class Chart {
  private readonly place = document.createElement("div");
  private readonly said = document.createElement("p");
  private spec: TopLevelSpec | undefined;
  private width = 0;
  private clear = (): void => undefined;

  constructor(private readonly figure: HTMLElement) {
    this.place.className = "drawing";
    this.said.className = "small";
    this.said.setAttribute("role", "status");
    const about = figure.getAttribute("aria-label") ?? "";
    const button = toggle(figure.dataset.chart ?? "", WORDS, about, this.place, (open) => this.turn(open));
    figure.prepend(button, this.said, this.place);
    let waiting = 0;
    new ResizeObserver(() => {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(() => void (this.width && this.fitting() !== this.width && this.redraw()), 200);
    }).observe(figure);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => void (this.width && this.paint()));
  }

  private turn(open: boolean): void {
    if (open) {
      void this.redraw();
      return;
    }
    this.width = 0;
    this.clear();
    this.clear = () => undefined;
    this.place.replaceChildren();
    this.said.textContent = "";
    delete this.figure.dataset.drawn;
  }

  private fitting(): number {
    const room = Math.floor(this.figure.clientWidth / STEP) * STEP;
    return Math.min(Math.max(room || LEAST, LEAST), MOST);
  }

  /** Asks for the chart as wide as there is room, and draws it. */
  private async redraw(): Promise<void> {
    const width = (this.width = this.fitting());
    this.said.textContent = "The chart is being drawn …";
    this.figure.setAttribute("aria-busy", "true");
    try {
      const spec = await this.ask(width);
      if (this.width !== width) return; // meanwhile it was taken away, or another width was asked for
      this.spec = spec;
      await this.paint();
      this.said.textContent = "";
    } catch {
      if (this.width === width) this.said.textContent = "The chart could not be drawn. The table says the same.";
    } finally {
      if (this.width === width || !this.width) this.figure.removeAttribute("aria-busy");
    }
  }

  private async ask(width: number): Promise<TopLevelSpec> {
    const address = new URL(this.figure.dataset.spec ?? "", location.href);
    address.searchParams.set("width", String(width));
    const response = await fetch(address, { headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(`${address.pathname} answers ${response.status}`);
    return (await response.json()) as TopLevelSpec;
  }

  private async paint(): Promise<void> {
    const { draw } = await import("../chart/draw");
    if (!this.spec || !this.width) return;
    this.clear();
    this.place.replaceChildren();
    this.clear = await draw(this.place, this.spec);
    this.figure.dataset.drawn = "";
  }
}
