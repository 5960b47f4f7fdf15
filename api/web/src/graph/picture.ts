// The picture that came with the page; what is chosen in it is marked by the server.
import type { Shown } from "../islands/graph";

export class Picture implements Shown {
  mark(): void {
    this.look(undefined);
  }

  look(name: string | undefined): void {
    const picture = document.querySelector("#drawing svg");
    picture?.classList.toggle("looking", name !== undefined);
    for (const part of picture?.querySelectorAll<SVGElement>("[data-ends]") ?? []) {
      part.classList.toggle("lit", name !== undefined && (part.dataset.ends ?? "").split("~").includes(name));
    }
    for (const part of picture?.querySelectorAll<SVGElement>("[data-at]") ?? []) {
      part.classList.toggle("lit", part.dataset.at === name);
    }
  }
}
