"""Classes that others fall under by definition alone: they gather again what is sorted elsewhere."""

from itbkg.namespaces import BASE
from itbkg.store import PREFIX_LINES, Store, once

#: What such classes are called where they stand below those by which things are sorted.
GATHERED = "The same, seen otherwise"
#: None is put below them by hand.
_DEFINED = f"""{PREFIX_LINES}
SELECT DISTINCT ?class WHERE {{
  GRAPH <{BASE}graph/inferred> {{ ?below rdfs:subClassOf ?class }}
  FILTER NOT EXISTS {{ GRAPH <{BASE}graph/ontology> {{ ?one rdfs:subClassOf ?class }} }}
}} ORDER BY ?class"""


@once
def defined_classes(store: Store) -> frozenset[str]:
    """Return their IRIs."""
    return frozenset(iri for (iri,) in store.select(_DEFINED).texts())
