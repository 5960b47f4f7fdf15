"""What the graph says of a publication: how to find it and how it was read."""

from collections.abc import Iterator

from rdflib import RDF, RDFS, Literal, URIRef

from itbkg.namespaces import ITB
from itbkg.naming import publication_iri
from itbkg.records import Publication, Report
from itbkg.triples.scope import Triple
from itbkg.vocabulary import Vocabulary


def publication_triples(publication: str, record: Publication, vocabulary: Vocabulary) -> Iterator[Triple]:
    """Yield what the graph says of a publication that tells cases."""
    iri = publication_iri(publication)
    yield iri, RDF.type, ITB.Publication
    yield from report_triples(iri, publication, record.report, vocabulary)


def report_triples(iri: URIRef, label: str, report: Report, vocabulary: Vocabulary) -> Iterator[Triple]:
    """Yield how to find a publication and how it was read."""
    yield iri, RDFS.label, Literal(label)
    yield from ((iri, predicate, Literal(text)) for predicate, text in _texts(report))
    if report.year:
        yield iri, ITB.year, Literal(report.year)
    for predicate, word, branch in _values(report):
        if word:
            yield iri, predicate, vocabulary.words.resolve(word, (branch,)).iri


def _texts(report: Report) -> Iterator[tuple[URIRef, str]]:
    texts = (
        (ITB.title, report.title),
        (ITB.byline, ", ".join(report.authors)),
        (ITB.journal, report.journal),
        (ITB.volume, report.volume),
        (ITB.issue, report.issue),
        (ITB.pages, report.pages),
        (ITB.doi, report.doi),
        (ITB.pmid, report.pmid),
        (ITB.pmcid, report.pmcid),
        (ITB.webAddress, report.url),
        (ITB.licence, report.license),
        (ITB.secondarySource, report.secondary_source),
        (ITB.note, report.note),
    )
    yield from ((predicate, text) for predicate, text in texts if text)


def _values(report: Report) -> tuple[tuple[URIRef, str | None, str], ...]:
    """Pair each value of the report with its property and the branch of its word."""
    return (
        (ITB.readAs, report.read_as, "Reading"),
        (ITB.reviewStatus, report.review, "ReviewStatus"),
        (ITB.citationStatus, report.citation, "CitationStatus"),
        (ITB.publicationStatus, report.status, "PublicationStatus"),
    )
