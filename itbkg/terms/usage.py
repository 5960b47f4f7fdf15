"""In which cases a term is used: present, stated absent, or neither; the last is not the second."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from itbkg.store import PREFIX_LINES, Store, once
from itbkg.terms.lexicon import Kind

#: A case's own graph holds what its record states; what a measured value implies hangs on the case by `hasFinding`.
_PRESENT = f"""{PREFIX_LINES}
SELECT DISTINCT ?term ?id WHERE {{
  {{ SELECT DISTINCT ?node ?id WHERE {{
    {{ GRAPH ?graph {{ ?case a itb:Case ; rdfs:label ?id . ?node a ?stated }} }}
    UNION {{ ?node itb:impliedBy ?measured . ?case itb:hasFinding ?node ; rdfs:label ?id }}
  }} }}
  ?node a ?term .
}}
"""

_STATED = f"""{PREFIX_LINES}
SELECT DISTINCT ?term ?id WHERE {{
  GRAPH ?graph {{ ?case a itb:Case ; rdfs:label ?id . ?node a ?term }}
}}
"""

_CHOSEN = f"""{PREFIX_LINES}
SELECT DISTINCT ?term ?id WHERE {{
  GRAPH ?graph {{ ?case a itb:Case ; rdfs:label ?id . ?node ?property ?term }}
  ?term a itb:Value .
}}
"""

_CHOSEN_BELOW = f"""{PREFIX_LINES}
SELECT DISTINCT ?term ?id WHERE {{
  ?value a itb:Value ; a ?term .
  GRAPH ?graph {{ ?case a itb:Case ; rdfs:label ?id . ?node ?property ?value }}
}}
"""

_HAVING = f"""{PREFIX_LINES}
SELECT DISTINCT ?term ?id WHERE {{
  GRAPH ?graph {{ ?case a itb:Case ; rdfs:label ?id . ?node ?term ?value }}
}}
"""

_ABSENT = f"""{PREFIX_LINES}
SELECT DISTINCT ?term ?id WHERE {{
  ?case a itb:Case ; rdfs:label ?id ; itb:hasAbsence ?absence .
  ?absence itb:absentClass ?term .
}}
"""

_STATED_ABSENT = f"""{PREFIX_LINES}
SELECT DISTINCT ?term ?id WHERE {{
  GRAPH ?graph {{ ?case a itb:Case ; rdfs:label ?id ; itb:hasAbsence ?absence . ?absence itb:absentClass ?term }}
}}
"""

#: What makes a case one that uses a term, by the term's kind; a class may have members of either sort.
_USING: Mapping[Kind, tuple[str, ...]] = {
    "class": (_PRESENT, _CHOSEN_BELOW),
    "value": (_CHOSEN,),
    "property": (_HAVING,),
}
_NAMING: Mapping[Kind, tuple[str, ...]] = {"class": (_STATED,), "value": (_CHOSEN,), "property": (_HAVING,)}


@dataclass(frozen=True, slots=True)
class Usage:
    """The cases that use a term, by id, out of `of` cases in the graph.

    `present`: it or a class below it is stated of the case, or follows. `stated`: the record names it itself.
    `absent`: it or a class above it is stated to be absent. `stated_absent`: the record says so of it itself.
    A case may be in both where it tells two times. `not_reported` counts those in neither; None for what cannot be
    stated absent, because it is no finding.
    """

    of: int
    present: tuple[str, ...]
    stated: tuple[str, ...]
    absent: tuple[str, ...]
    stated_absent: tuple[str, ...]
    not_reported: int | None


@dataclass(frozen=True, slots=True)
class Count:
    """The number of cases in which a term is present, and in which it is absent."""

    present: int
    absent: int


def usage(store: Store, iri: str, kind: Kind, *, is_finding: bool) -> Usage:
    """Find the cases that use one term."""
    of = store.manifest.cases
    present, absent = _cases(store, iri, _USING[kind]), _cases(store, iri, (_ABSENT,))
    return Usage(
        of=of,
        present=present,
        stated=_cases(store, iri, _NAMING[kind]),
        absent=absent,
        stated_absent=_cases(store, iri, (_STATED_ABSENT,)),
        not_reported=of - len({*present, *absent}) if is_finding else None,
    )


@once
def counts(store: Store) -> Mapping[str, Count]:
    """Count the cases of every class and value that any case uses or states absent."""
    present, absent = _all(store, (_PRESENT, _CHOSEN, _CHOSEN_BELOW)), _all(store, (_ABSENT,))
    return {iri: Count(len(present[iri]), len(absent[iri])) for iri in sorted({*present, *absent})}


def _cases(store: Store, iri: str, queries: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({case for query in queries for _, case in store.select(query, term=iri).texts()}))


def _all(store: Store, queries: tuple[str, ...]) -> defaultdict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for query in queries:
        for iri, case in store.select(query).texts():
            found[iri].add(case)
    return found
