// Prefix lines: those that a query uses without declaring them.

export const PREFIXES: Readonly<Record<string, string>> = {
  itb: "https://w3id.org/itbkg/ont/",
  unit: "https://w3id.org/itbkg/unit/",
  rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
  rdfs: "http://www.w3.org/2000/01/rdf-schema#",
  skos: "http://www.w3.org/2004/02/skos/core#",
  owl: "http://www.w3.org/2002/07/owl#",
  xsd: "http://www.w3.org/2001/XMLSchema#",
  dcterms: "http://purl.org/dc/terms/",
};

/** What is no name: comments, texts and addresses. */
const ASIDE = /#[^\n]*|<[^<>"{}|^`\s]*>|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g;

/** Returns the lines that declare what a query uses and does not declare; each ends its line. */
export function missing(query: string): string {
  const plain = query.replace(ASIDE, (part) => (part.startsWith("<") ? "<>" : " "));
  const declared = new Set([...plain.matchAll(/\bprefix\s+([\w-]*):/gi)].map((found) => found[1]));
  const used = new Set([...plain.matchAll(/(?<![\w?$:])([A-Za-z][\w-]*):/g)].map((found) => found[1] ?? ""));
  const needed = Object.keys(PREFIXES).filter((prefix) => used.has(prefix) && !declared.has(prefix));
  return needed.map((prefix) => `PREFIX ${prefix}: <${PREFIXES[prefix]}>\n`).join("");
}

/** Where such lines go: before the first line that is neither a comment nor empty. */
export function placeOf(query: string): number {
  return /^(?:[^\S\n]*(?:#[^\n]*)?\n)*/.exec(query)?.[0].length ?? 0;
}
