"""The whole dataset: ontology, cases, guidance, published numbers and what follows, each in its named graph."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rdflib import Literal, URIRef

from itbkg.implied import implied_triples
from itbkg.namespaces import GRAPH, INFERRED_GRAPH, ONTOLOGY_GRAPH
from itbkg.reasoning import absent_below, infer, read_axioms
from itbkg.records import Guidance, Overlap, Publication, Published
from itbkg.triples import Triple, case_triples, publication_triples
from itbkg.triples.guidance import guidance_triples
from itbkg.triples.published import overlap_triples, published_triples, source_of_numbers_triples
from itbkg.vocabulary import Vocabulary

Quad = tuple[URIRef, URIRef, URIRef | Literal, URIRef | None]


@dataclass(frozen=True, slots=True)
class Dataset:
    """Triples by named graph; every triple stands once in the default graph too."""

    graphs: Mapping[URIRef, frozenset[Triple]]

    @property
    def triples(self) -> frozenset[Triple]:
        """What the default graph holds: every triple of every named graph, once."""
        return frozenset().union(*self.graphs.values())

    def count(self, predicate: URIRef) -> int:
        """Count the triples with a predicate that no two graphs share."""
        return sum(1 for triples in self.graphs.values() for triple in triples if triple[1] == predicate)

    def quads(self) -> Iterator[Quad]:
        """Yield the quads of the default graph and of every named graph, in no order."""
        for subject, predicate, value in self.triples:
            yield subject, predicate, value, None
        for graph, triples in self.graphs.items():
            yield from ((subject, predicate, value, graph) for subject, predicate, value in triples)


def make_dataset(
    vocabulary: Vocabulary,
    records: Mapping[str, Publication],
    guidance: Mapping[str, Guidance] | None = None,
    published: Mapping[str, Published] | None = None,
    overlaps: Sequence[Overlap] = (),
) -> Dataset:
    """Turn the ontology and the records, by publication, document and source id, into the dataset."""
    graphs: dict[URIRef, frozenset[Triple]] = {}
    for document, advice in sorted((guidance or {}).items()):
        graphs[GRAPH[f"guidance/{document}"]] = frozenset(guidance_triples(document, advice, vocabulary))
    graphs.update(_numbers(vocabulary, published or {}, overlaps, records))
    implied: set[Triple] = set()
    for publication, record in sorted(records.items()):
        about = frozenset(publication_triples(publication, record, vocabulary))
        for case in record.cases:
            stated = frozenset(case_triples(publication, case, vocabulary))
            graphs[GRAPH[f"case/{publication}/{case.id}"]] = about | stated
            implied |= set(implied_triples(publication, case, vocabulary))
    stated_everywhere = frozenset().union(*graphs.values()) if graphs else frozenset()
    graphs[ONTOLOGY_GRAPH] = frozenset(_named_only(vocabulary))
    graphs[INFERRED_GRAPH] = frozenset(_followed(vocabulary, stated_everywhere, implied))
    return Dataset(graphs)


def _numbers(
    vocabulary: Vocabulary, published: Mapping[str, Published], overlaps: Sequence[Overlap], told: Collection[str]
) -> Iterator[tuple[URIRef, frozenset[Triple]]]:
    """Yield the graph of each source of numbers; a publication that also tells cases is described with them."""
    for source, record in sorted(published.items()):
        about = () if source in told else source_of_numbers_triples(source, record, vocabulary)
        graph = frozenset(about) | frozenset(published_triples(source, record, vocabulary))
        yield GRAPH[f"published/{source}"], graph
    if overlaps:
        yield GRAPH["published/overlaps"], frozenset(overlap_triples(overlaps, told))


def _named_only(vocabulary: Vocabulary) -> Iterator[Triple]:
    """Leave out the blank nodes of class expressions: they have no stable name. The ontology's files keep them."""
    for subject, predicate, value in vocabulary.graph:
        if isinstance(subject, URIRef) and isinstance(predicate, URIRef) and isinstance(value, URIRef | Literal):
            yield subject, predicate, value


def _followed(vocabulary: Vocabulary, stated: frozenset[Triple], implied: set[Triple]) -> Iterator[Triple]:
    yield from implied
    asserted = stated | implied
    yield from infer(read_axioms(vocabulary.graph), asserted | set(_named_only(vocabulary)))
    yield from absent_below(vocabulary.graph, stated)
