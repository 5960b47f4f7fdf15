// A field in which a query is written, and the plain one that every page has.
import { missing, placeOf } from "./prefixes";

export interface Writing {
  readonly text: string;
  /** Declares what the query uses without declaring it. */
  declare(): void;
  /** Shows a place; lines and columns count from 1. */
  point(line: number, column: number): void;
}

export class Plain implements Writing {
  constructor(private readonly area: HTMLTextAreaElement) {}

  get text(): string {
    return this.area.value;
  }

  declare(): void {
    const lines = missing(this.text);
    if (lines) this.area.setRangeText(lines, placeOf(this.text), placeOf(this.text));
  }

  point(line: number, column: number): void {
    const before = this.text.split("\n").slice(0, line - 1);
    const at = before.reduce((sum, one) => sum + one.length + 1, 0) + Math.max(column - 1, 0);
    this.area.setSelectionRange(at, at + 1);
  }
}
