// Takes a part of another page of ours into this one: the server stays the only one who writes pages.
import { startAll } from "./start";

/** Thrown where the page could not be had; its text is for the reader. */
export class SwapError extends Error {}

let running: AbortController | undefined;

/**
 * Fetches a page, puts its elements of these ids in place of ours, and says what has changed.
 *
 * A page with an error of the request has its own words for it and is shown like any other. Of several wishes in a row
 * the last one counts; the others end with false.
 */
export async function swap(address: string, ids: readonly string[]): Promise<boolean> {
  if (document.querySelector("script[data-up]")) return leave(address);
  running?.abort();
  const mine = (running = new AbortController());
  const places = ids.map((id) => document.getElementById(id)).filter((place) => place !== null);
  for (const place of places) place.setAttribute("aria-busy", "true");
  try {
    const fetched = await parsed(address, mine.signal);
    for (const place of places) replace(place, fetched.getElementById(place.id));
    document.title = fetched.title;
    announce(document.querySelector("[data-announce]")?.textContent ?? "");
    return true;
  } catch (error) {
    if (mine.signal.aborted) return false;
    throw error instanceof SwapError ? error : new SwapError("The server did not answer. What stands here is as it was.");
  } finally {
    if (running === mine) for (const place of places) place.removeAttribute("aria-busy");
  }
}

/** Goes to a page that lies as a file: its addresses are relative to where it lies, and so would not hold in this one. */
function leave(address: string): Promise<never> {
  location.assign(address);
  return new Promise(() => undefined);
}

/** Says something to who cannot see that it changed; a failure is shown to all. */
export function announce(text: string, failed = false): void {
  const place = document.getElementById("announced");
  place?.classList.toggle("unseen", !failed);
  if (place) place.textContent = text.replace(/\s+/g, " ").trim();
}

async function parsed(address: string, signal: AbortSignal): Promise<Document> {
  const response = await fetch(address, { headers: { Accept: "text/html" }, signal });
  if (!response.headers.get("content-type")?.startsWith("text/html")) {
    throw new SwapError(`The server could not answer (${response.status}). What stands here is as it was.`);
  }
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

function replace(place: HTMLElement, fresh: HTMLElement | null): void {
  if (!fresh) throw new SwapError("The server gave another page than was asked for.");
  const taken = document.adoptNode(fresh);
  place.replaceWith(taken);
  startAll(taken);
}
