// Draws the chart of a figure from the address in data-spec, when it comes into view or is asked for.
// The table beside it says the same, so that nothing is lost where it cannot be drawn.
import type { TopLevelSpec } from "vega-lite";

const [LEAST, MOST, STEP] = [320, 2400, 10];

export function start(figure: HTMLElement): void {
  new Chart(figure).wait();
}

class Chart {
  private readonly place = document.createElement("div");
  private readonly said = document.createElement("p");
  private readonly button = document.createElement("button");
  private spec: TopLevelSpec | undefined;
  private width = 0;
  private clear = (): void => undefined;

  constructor(private readonly figure: HTMLElement) {
    this.place.className = "drawing";
    this.said.className = "small";
    this.said.setAttribute("role", "status");
    this.button.type = "button";
    this.button.textContent = "Show chart";
    this.button.addEventListener("click", () => void this.show());
    figure.prepend(this.button, this.said, this.place);
  }

  /** Waits until the figure comes into view; who saves data is left to ask by the button. */
  wait(): void {
    const saving = (navigator as Navigator & { connection?: { saveData?: boolean } }).connection?.saveData;
    if (saving) return;
    const seen = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      seen.disconnect();
      void this.show();
    });
    seen.observe(this.figure);
  }

  private async show(): Promise<void> {
    if (this.width) return;
    this.button.hidden = true;
    await this.redraw();
    let waiting = 0;
    new ResizeObserver(() => {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(() => void (this.fitting() !== this.width && this.redraw()), 200);
    }).observe(this.figure);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => void this.paint());
  }

  private fitting(): number {
    const room = Math.floor(this.figure.clientWidth / STEP) * STEP;
    return Math.min(Math.max(room || LEAST, LEAST), MOST);
  }

  /** Asks for the chart as wide as there is room, and draws it. */
  private async redraw(): Promise<void> {
    this.width = this.fitting();
    this.said.textContent = "The chart is being drawn …";
    this.figure.setAttribute("aria-busy", "true");
    try {
      this.spec = await this.ask();
      await this.paint();
      this.said.textContent = "";
      this.figure.dataset.drawn = "";
    } catch {
      this.width = 0;
      this.said.textContent = "The chart could not be drawn. The table says the same.";
      this.button.textContent = "Try again";
      this.button.hidden = false;
    } finally {
      this.figure.removeAttribute("aria-busy");
    }
  }

  private async ask(): Promise<TopLevelSpec> {
    const address = new URL(this.figure.dataset.spec ?? "", location.href);
    address.searchParams.set("width", String(this.width));
    const response = await fetch(address, { headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(`${address.pathname} answers ${response.status}`);
    return (await response.json()) as TopLevelSpec;
  }

  private async paint(): Promise<void> {
    const { draw } = await import("../chart/draw");
    if (!this.spec) return;
    this.clear();
    this.place.replaceChildren();
    this.clear = await draw(this.place, this.spec);
  }
}
