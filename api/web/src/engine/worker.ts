// The worker in which Oxigraph answers: it loads the dataset when it is first asked.
import wasm from "oxigraph/web_bg.wasm?url";
import init, { Store, type Quad } from "oxigraph/web.js";

export type Order = { dataset: string; query: string; accept: string };
export type Answer = "ready" | { text: string; type: string; problem?: undefined } | { problem: { title: string; detail: string } };

const TABLES: readonly string[] = ["application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"];
const GRAPHS: readonly string[] = ["text/turtle", "application/n-triples"];
/** It would call out, and nothing leaves this browser. */
const SERVICE = /\bSERVICE\b/i;

let store: Promise<Store> | undefined;

self.onmessage = async ({ data }: MessageEvent<Order>) => {
  try {
    const loaded = await (store ??= load(data.dataset));
    self.postMessage("ready" satisfies Answer);
    self.postMessage(ask(loaded, data.query, data.accept) satisfies Answer);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    self.postMessage({ problem: { title: "The query could not be answered", detail } } satisfies Answer);
  }
};

async function load(dataset: string): Promise<Store> {
  await init({ module_or_path: wasm });
  const response = await fetch(dataset);
  if (!response.ok) throw new Error(`the dataset cannot be read: ${response.status}`);
  const loaded = new Store();
  loaded.load(new Uint8Array(await response.arrayBuffer()) as never, {
    format: "application/n-quads",
    no_transaction: true,
    lenient: true,
  });
  return loaded;
}

function ask(loaded: Store, query: string, accept: string): Answer {
  if (SERVICE.test(query.replace(/#.*|<[^>]*>|"[^"]*"/g, ""))) {
    throw new Error("SERVICE would call another server; ask that server itself");
  }
  const wanted = accept.split(",").map((one) => one.split(";")[0]?.trim() ?? "");
  const table = wanted.find((one) => TABLES.includes(one)) ?? "application/sparql-results+json";
  const graph = wanted.find((one) => GRAPHS.includes(one)) ?? "text/turtle";
  const isGraph = /^(?:\s|#.*|prefix\s+\S*\s*<[^>]*>|base\s*<[^>]*>)*(?:construct|describe)\b/im.test(query);
  const type = isGraph ? graph : table;
  const answered = loaded.query(query, { results_format: type });
  return { text: typeof answered === "string" ? answered : String(answered satisfies boolean | Map<string, unknown>[] | Quad[]), type };
}
