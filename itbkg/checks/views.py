"""What the shapes see of a case: what is stated of it, what its measurements imply, and the words that it uses.

The types that a reasoner infers are left out: by the range of itb:hasFinding anything that a case has as a finding is
one, and no shape could find a wrong one. Words that a case does not use are left out too, so that the time for a case
does not grow with the ontology.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from rdflib import RDF, RDFS, Graph, URIRef
from rdflib.term import Node

from itbkg.checks.results import case_name
from itbkg.namespaces import GRAPH, INFERRED_GRAPH, ITB, ONTOLOGY_GRAPH
from itbkg.store import Store

Statement = tuple[Node, Node, Node]

_CASES = f"""
SELECT DISTINCT ?case ?graph WHERE {{
  GRAPH ?graph {{ ?case a <{ITB.Case}> }}
  FILTER (STRSTARTS(STR(?graph), "{GRAPH}case/"))
}} ORDER BY ?graph ?case"""

#: Implied findings, each with the class that its rule names, and itb:hasStatement, the relation above all others.
_FOLLOWING = f"""
CONSTRUCT {{ ?node ?property ?value }} WHERE {{
  GRAPH <{INFERRED_GRAPH}> {{
    {{ ?node <{ITB.impliedBy}> ?measured ; ?property ?value . FILTER (?property != <{RDF.type}>) }}
    UNION {{ ?node <{ITB.impliedBy}> ?measured ; <{ITB.statedClass}> ?value ; ?property ?value }}
    UNION {{ ?node ?property ?value . FILTER (?property IN (<{ITB.hasStatement}>, <{ITB.hasFinding}>)) }}
  }}
}}"""

#: What is said of a word, its texts apart; the closure gives a class every class above it at once.
_WORDS = f"""
CONSTRUCT {{ ?word ?property ?value }} WHERE {{
  {{ GRAPH <{ONTOLOGY_GRAPH}> {{ ?word ?property ?value }} FILTER (isIRI(?value) || LANG(?value) = "") }}
  UNION {{ GRAPH <{INFERRED_GRAPH}> {{ ?word <{RDFS.subClassOf}> ?value . ?word ?property ?value }} }}
}}"""


class Views:
    """The cases of a graph, each as the shapes see it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._following = _grouped(_read(store.answer(_FOLLOWING, graph="ntriples")), case_name)
        self._words = _grouped(_read(store.answer(_WORDS, graph="ntriples")), str)
        self._units = {word for word, said in self._words.items() if any(value == ITB.Unit for _, _, value in said)}
        self._graphs = {case_name(case): graph for case, graph in store.select(_CASES).texts()}

    def __len__(self) -> int:
        return len(self._graphs)

    def __iter__(self) -> Iterator[tuple[str, Graph]]:
        """Yield each case's name with its view, in the order of their graphs."""
        return ((case, self.view(self.triples(case))) for case in self._graphs)

    def triples(self, case: str) -> list[Statement]:
        """Return what is stated of a case and what its measurements imply."""
        return [*_read(self._store.graph(self._graphs[case], "ntriples")), *self._following.get(case, ())]

    def view(self, triples: Iterable[Statement]) -> Graph:
        """Add to the triples of a case what the ontology says of the words they use, and of all units."""
        seen = Graph()
        for triple in triples:
            seen.add(triple)
        used = {str(term) for triple in seen for term in triple[1:] if isinstance(term, URIRef)}
        for word in (used | self._units) & self._words.keys():
            for triple in self._words[word]:
                seen.add(triple)
        return seen


def _read(ntriples: bytes) -> Graph:
    return Graph().parse(data=ntriples, format="nt")


def _grouped(triples: Iterable[Statement], name: Callable[[str], str]) -> Mapping[str, list[Statement]]:
    groups: defaultdict[str, list[Statement]] = defaultdict(list)
    for triple in triples:
        groups[name(str(triple[0]))].append(triple)
    return groups
