"""From published numbers to triples: the source, its observations, and the cohorts in which they were counted."""

from collections.abc import Collection, Iterable, Iterator

from rdflib import RDF, RDFS, Literal, URIRef

from itbkg.namespaces import COHORT, ITB, PUBLISHED
from itbkg.naming import observation_name, publication_iri
from itbkg.records import Observation, Overlap, Published, Source
from itbkg.records.published import COUNTED
from itbkg.triples.publication import report_triples
from itbkg.triples.scope import Triple
from itbkg.triples.sheet import Sheet, share_triples
from itbkg.vocabulary import Vocabulary


def source_of_numbers_triples(source: str, record: Published, vocabulary: Vocabulary) -> Iterator[Triple]:
    """Yield what the graph says of a publication that gives numbers; for one with cases, its case record says it."""
    iri = publication_iri(source)
    yield iri, RDF.type, ITB.Publication
    yield from report_triples(iri, source, record.source, vocabulary)


def published_triples(source: str, record: Published, vocabulary: Vocabulary) -> Iterator[Triple]:
    """Yield every triple that the observations of a source state; none of them is inferred."""
    sheet = Sheet(publication_iri(source), vocabulary)
    own = record.source.cohort or source
    yield sheet.iri, ITB.cohort, COHORT[own]
    yield from cohort_triples(own)
    for line in record.observations:
        node = PUBLISHED[f"{source}/{observation_name(line)}"]
        yield node, ITB.reportedIn, sheet.iri
        yield node, ITB.cohort, COHORT[line.cohort or own]
        yield from cohort_triples(line.cohort or own)
        yield from _observation(sheet, node, line, record.source)
        yield from sheet.source(node, line)


def overlap_triples(overlaps: Iterable[Overlap], told: Collection[str]) -> Iterator[Triple]:
    """Yield which cohorts overlap, both ways, and what speaks for it.

    `told` are the publications with cases: one of them that an overlap names is given the cohort of its own id.
    """
    for overlap in overlaps:
        for one in overlap.cohorts:
            yield from cohort_triples(one)
            if one in told:
                yield publication_iri(one), ITB.cohort, COHORT[one]
            yield COHORT[one], ITB.note, Literal(f"{overlap.because} ({overlap.certainty})")
            yield from ((COHORT[one], ITB.overlapsWith, COHORT[other]) for other in overlap.cohorts if other != one)


def cohort_triples(cohort: str) -> Iterator[Triple]:
    """Yield what a cohort is."""
    yield COHORT[cohort], RDF.type, ITB.Cohort
    yield COHORT[cohort], RDFS.label, Literal(cohort)


def _observation(sheet: Sheet, node: URIRef, line: Observation, source: Source) -> Iterator[Triple]:
    yield node, RDF.type, ITB.PublishedObservation
    yield node, RDFS.label, Literal(line.measure)
    yield node, ITB.measure, Literal(line.measure)
    yield from share_triples(node, line.n, line.of, line.value)
    if line.value:
        yield from sheet.quantity(node, line.value)
    yield from sheet.classes(node, ITB.countsClass, line.counts, COUNTED)
    yield from sheet.classes(node, ITB.alongClass, line.along, COUNTED)
    yield from sheet.classes(node, ITB.amongClass, line.among, COUNTED)
    texts = ((ITB.population, line.population or source.population), (ITB.period, line.period or source.period))
    yield from ((node, predicate, Literal(text)) for predicate, text in texts if text)
