// The entry of every page: starts the island of each element that names one, and loads no more than it needs.

type Island = { start: (element: HTMLElement) => void | Promise<void> };

const islands = import.meta.glob<Island>("./islands/*.ts");

async function start(element: HTMLElement): Promise<void> {
  const load = islands[`./islands/${element.dataset.island}.ts`];
  if (!load) throw new Error(`there is no island '${element.dataset.island}'`);
  await (await load()).start(element);
  element.dataset.started = "";
}

for (const element of document.querySelectorAll<HTMLElement>("[data-island]")) {
  void start(element);
}
