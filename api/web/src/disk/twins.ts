// A page on a disk may read no other file, but it may run scripts: each file that islands read has a twin that is one,
// and hands over the content. Here fetch and Worker are led to the twins.

declare global {
  interface Window {
    itbkgTwin?: (name: string, content: string) => void;
  }
}

const folder = new URL(document.querySelector<HTMLScriptElement>("script[data-up]")?.dataset.up || ".", location.href);
const waiting = new Map<string, (content: Uint8Array<ArrayBuffer>) => void>();
const kept = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();
const TYPES: Record<string, string> = { json: "application/json", nq: "application/n-quads", js: "text/javascript" };

window.itbkgTwin = (name, content) => waiting.get(name)?.(Uint8Array.from(atob(content), (one) => one.charCodeAt(0)));

/** Reads a file by the script that is its twin. */
function read(url: URL): Promise<Uint8Array<ArrayBuffer>> {
  const name = decodeURIComponent(url.pathname.slice(folder.pathname.length));
  const known = kept.get(name);
  if (known) return known;
  const reading = new Promise<Uint8Array<ArrayBuffer>>((resolve, reject) => {
    const script = document.createElement("script");
    waiting.set(name, resolve);
    script.src = new URL(`${encodeURI(name)}.js`, folder).href;
    script.onload = () => script.remove();
    script.onerror = () => reject(new TypeError(`${name} is not among these files`));
    document.head.append(script);
  });
  kept.set(name, reading);
  return reading;
}

window.fetch = async (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input, location.href);
  if (url.pathname.endsWith(".html")) {
    location.assign(url); // a part of another page cannot be had; the whole page can
    return new Promise(() => undefined);
  }
  if (init?.method && init.method !== "GET") throw new TypeError("there is no server");
  const content = await read(url);
  return new Response(content, { headers: { "Content-Type": TYPES[url.pathname.split(".").pop() ?? ""] ?? "" } });
};

/** Stands before a worker's own code: what it fetches is in its code, or was handed over before. */
const BEFORE = `
let handed; const ready = new Promise((resolve) => addEventListener("message", function first(event) {
  event.stopImmediatePropagation(); removeEventListener("message", first); handed = event.data; resolve();
}));
self.fetch = async (address) => {
  await ready;
  const [kind, text] = String(address).startsWith("data:") ? String(address).slice(5).split(";base64,") : ["", ""];
  return new Response(text ? Uint8Array.from(atob(text), (one) => one.charCodeAt(0)) : handed, { headers: { "Content-Type": kind } });
};
`;

/** A worker whose code and data come by twins. */
class DiskWorker {
  onmessage: ((event: MessageEvent) => void) | null = null;
  onerror: ((event: ErrorEvent) => void) | null = null;
  private worker: Promise<Worker> | undefined;
  private ended = false;

  private readonly code: URL;

  /** Takes the name of the code alone: a bundle does not know any more where it lies. */
  constructor(code: URL) {
    this.code = new URL(`built/disk/assets/${code.pathname.split("/").pop()}`, folder);
  }

  postMessage(order: { dataset: string }): void {
    this.worker ??= this.begin(new URL(order.dataset));
    this.worker.then(
      (worker) => worker.postMessage(order),
      (error: Error) => this.onerror?.(new ErrorEvent("error", { message: error.message })),
    );
  }

  terminate(): void {
    this.ended = true;
    void this.worker?.then((worker) => worker.terminate());
  }

  private async begin(dataset: URL): Promise<Worker> {
    const [code, data] = await Promise.all([read(this.code), read(dataset)]);
    const worker = new Native(URL.createObjectURL(new Blob([BEFORE, code], { type: "text/javascript" })));
    worker.onmessage = (event) => this.ended || this.onmessage?.(event);
    worker.onerror = (event) => this.ended || this.onerror?.(event);
    worker.postMessage(data.slice());
    return worker;
  }
}

const Native = window.Worker;
window.Worker = DiskWorker as unknown as typeof Worker;

export {};
