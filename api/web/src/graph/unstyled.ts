/**
 * Keeps Cytoscape from putting a style element into the page, which the policy refuses: it does not where an element of
 * this name is there. What that style says, the container's place, stands in the style sheets.
 */
export function unstyled(): void {
  const name = "__________cytoscape_stylesheet";
  if (!document.getElementById(name)) document.head.append(Object.assign(document.createElement("template"), { id: name }));
}
