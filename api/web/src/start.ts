// Starts the island of each element that names one, and loads no more than it needs.

type Island = { start: (element: HTMLElement) => void | Promise<void> };

const begun = new WeakSet<Element>();
const islands = import.meta.glob<Island>("./islands/*.ts");

/** Starts what stands in a part of the page; what runs already is left alone. */
export function startAll(root: ParentNode): void {
  for (const element of root.querySelectorAll<HTMLElement>("[data-island]")) {
    if (!begun.has(element)) void start(element);
  }
}

async function start(element: HTMLElement): Promise<void> {
  const load = islands[`./islands/${element.dataset.island}.ts`];
  if (!load) throw new Error(`there is no island '${element.dataset.island}'`);
  begun.add(element);
  await (await load()).start(element);
  element.dataset.started = "";
}
