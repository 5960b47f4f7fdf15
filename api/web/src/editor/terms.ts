// The terms of the ontology that fit what is typed: from the server's search, or out of a graph in this browser.
import type { Engine } from "../engine/engine";

export type Term = { name: string; label: string; kind: string; definition: string; matched: string; how: string | null };

export interface Terms {
  find(text: string, signal: AbortSignal): Promise<readonly Term[]>;
}

/** So many are offered. */
const MOST = 20;

export class SearchedTerms implements Terms {
  private readonly known = new Map<string, readonly Term[]>();

  constructor(private readonly address: string) {}

  async find(text: string, signal: AbortSignal): Promise<readonly Term[]> {
    const known = this.known.get(text);
    if (known) return known;
    const response = await fetch(`${this.address}?${new URLSearchParams({ q: text, limit: String(MOST) })}`, { signal });
    const found = response.ok ? ((await response.json()) as { terms: Term[] }).terms : [];
    this.known.set(text, found);
    return found;
  }
}

const ALL = `PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?iri ?label ?definition WHERE {
  GRAPH <https://w3id.org/itbkg/graph/ontology> {
    ?iri rdfs:label ?label . OPTIONAL { ?iri skos:definition ?definition }
  }
} ORDER BY ?label ?iri`;

/** Reads all labels once, and finds by the beginnings of their words. */
export class GraphTerms implements Terms {
  private all: Promise<readonly Term[]> | undefined;

  constructor(private readonly engine: Engine) {}

  async find(text: string): Promise<readonly Term[]> {
    const words = text.toLowerCase().split(/\W+/).filter(Boolean);
    const all = await (this.all ??= this.read());
    const fits = (term: Term): boolean => {
      const own = `${term.label} ${term.name}`.toLowerCase().split(/\W+/);
      return words.every((word) => own.some((one) => one.startsWith(word)));
    };
    return all.filter(fits).slice(0, MOST);
  }

  private async read(): Promise<readonly Term[]> {
    const response = await this.engine.ask(ALL, "application/sparql-results+json", new AbortController().signal);
    const found = (await response.json()) as { results: { bindings: Record<string, { value: string }>[] } };
    return found.results.bindings.flatMap((row) => {
      const [, space, local] = /^https:\/\/w3id\.org\/itbkg\/(ont|unit)\/([^/]+)$/.exec(row.iri?.value ?? "") ?? [];
      if (!local) return [];
      const name = space === "unit" ? `unit:${local}` : local;
      const label = row.label?.value ?? "";
      return [{ name, label, kind: "term", definition: row.definition?.value ?? "", matched: label, how: null }];
    });
  }
}
