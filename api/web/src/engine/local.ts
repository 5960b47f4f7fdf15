// Oxigraph's WebAssembly build over a dataset, in a worker: a running query can only be ended by ending its worker.
import type { Engine } from "./engine";
import type { Answer, Order } from "./worker";

export class Local implements Engine {
  private worker: Worker | undefined;

  constructor(
    private readonly dataset: URL,
    private readonly seconds: number,
  ) {}

  ask(query: string, accept: string, signal: AbortSignal): Promise<Response> {
    const worker = (this.worker ??= new Worker(new URL("./worker.ts", import.meta.url), { type: "module" }));
    return new Promise((resolve, reject) => {
      let late = 0;
      const end = (): void => {
        window.clearTimeout(late);
        signal.removeEventListener("abort", stop);
        worker.onmessage = worker.onerror = null;
      };
      const kill = (): void => {
        end();
        worker.terminate();
        this.worker = undefined;
      };
      const stop = (): void => {
        kill();
        reject(signal.reason);
      };
      if (signal.aborted) return stop();
      signal.addEventListener("abort", stop);
      worker.onerror = (event) => {
        kill();
        resolve(problem(500, "The query ended its worker", event.message || "it took more memory than there is"));
      };
      worker.onmessage = ({ data }: MessageEvent<Answer>) => {
        if (data === "ready") {
          late = window.setTimeout(() => {
            kill();
            resolve(problem(503, "The query ran for too long", `it ran for more than ${this.seconds} s; ask for less`));
          }, this.seconds * 1000);
          return;
        }
        end();
        resolve(data.problem ? problem(400, data.problem.title, data.problem.detail) : answer(data.text, data.type));
      };
      worker.postMessage({ dataset: this.dataset.href, query, accept } satisfies Order);
    });
  }
}

function answer(text: string, type: string): Response {
  return new Response(text, { headers: { "Content-Type": type } });
}

/** Tells a problem as the server would, with the place that the engine names. */
function problem(status: number, title: string, detail: string): Response {
  const place = /error at (\d+):(\d+)/.exec(detail);
  const told = place
    ? { title: "The query is not SPARQL 1.1", detail: expected(detail), line: Number(place[1]), column: Number(place[2]) }
    : { title, detail };
  const body = JSON.stringify({ status, ...told });
  return new Response(body, { status, headers: { "Content-Type": "application/problem+json" } });
}

/** Says what could stand at the place; the engine lists ranges of letters too, which help nobody. */
function expected(detail: string): string {
  const words = [...detail.matchAll(/"(?:[^"\\]|\\.)+"|\b[A-Z]{2,}\b/g)].slice(0, 12).map(([word]) => word);
  return words.length ? `Here could stand ${words.join(", ")}` : "";
}
