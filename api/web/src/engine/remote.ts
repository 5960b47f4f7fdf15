// The endpoint of the server: it kills a query whose client has hung up.
import type { Engine } from "./engine";

export class Remote implements Engine {
  constructor(private readonly endpoint: string) {}

  ask(query: string, accept: string, signal: AbortSignal): Promise<Response> {
    const headers = { Accept: accept, "Content-Type": "application/sparql-query" };
    return fetch(this.endpoint, { method: "POST", body: query, headers, signal });
  }
}
