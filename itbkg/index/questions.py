"""Which classes of a field answer one question, so that to report one of them is to say something of the others.

Who recovered did not die; who is told to have gone home may have recovered or not. The ontology marks the classes that
answer a question of their own (`itb:answersApart`).
"""

from collections.abc import Iterator, Mapping

from itbkg.index.fields import Field
from itbkg.namespaces import ITB, ONTOLOGY_GRAPH
from itbkg.store import PREFIX_LINES, Store, once

_APART = f"{PREFIX_LINES} SELECT ?class ?above WHERE {{ ?class itb:answersApart true ; rdfs:subClassOf ?above }}"
_ABOVE = f"{PREFIX_LINES} SELECT ?class ?above WHERE {{ ?class rdfs:subClassOf ?above }}"
_BELOW = f"""{PREFIX_LINES}
SELECT ?above ?class WHERE {{ GRAPH <{ONTOLOGY_GRAPH}> {{ ?class rdfs:subClassOf ?above }} }} ORDER BY ?class
"""


@once
def classes_telling(store: Store, field: Field, term: str) -> tuple[str, ...]:
    """Return the uppermost classes of a field that answer the same question as a term: to report any says of it.

    Mostly these are the branches of the field. For a class that answers apart, and all below it, it is that class; for
    the others of such a field all that stands beside it.
    """
    branches, apart = tuple(str(ITB[branch]) for branch in field.of), _apart(store)
    own = {iri: above for iri, above in apart.items() if above & set(branches)}
    if not own:
        return branches
    upper = {term, *(above for _, above in store.select(_ABOVE, **{"class": term}).texts())}
    mine = tuple(sorted(own.keys() & upper))
    return mine or tuple(one for branch in branches for one in _beside(store, branch, own))


def _beside(store: Store, top: str, own: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Yield the uppermost classes below a class that neither answer apart nor lie above one that does."""
    for _, below in store.select(_BELOW, above=top).texts():
        if any(below in above for above in own.values()) and below not in own:
            yield from _beside(store, below, own)
        elif below not in own:
            yield below


@once
def _apart(store: Store) -> Mapping[str, frozenset[str]]:
    """Read the classes that answer apart, each with all classes above it."""
    found: dict[str, set[str]] = {}
    for iri, above in store.select(_APART).texts():
        found.setdefault(iri, set()).add(above)
    return {iri: frozenset(above - {iri}) for iri, above in found.items()}
