// What answers a query: the endpoint of the server, or Oxigraph in this browser.

export interface Engine {
  /** Answers a query, or says why not as a problem document; a query whose signal aborts is ended. */
  ask(query: string, accept: string, signal: AbortSignal): Promise<Response>;
}

/** Chooses by what stands on the element: a dataset to be asked here, else the address of an endpoint. */
export async function engineOf(element: HTMLElement): Promise<Engine> {
  const { dataset, endpoint, seconds } = element.dataset;
  if (!dataset) return new (await import("./remote")).Remote(endpoint ?? "/sparql");
  return new (await import("./local")).Local(new URL(dataset, location.href), Number(seconds) || 10);
}
