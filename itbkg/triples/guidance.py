"""From a guidance record to triples: a document and its statements, about the classes that the cases use."""

from collections.abc import Iterator

from rdflib import RDF, RDFS, Literal, URIRef

from itbkg.namespaces import ITB
from itbkg.naming import guidance_iri, publication_iri, statement_names
from itbkg.records import Document, Guidance, GuidanceLine
from itbkg.records.guidance import BRANCHES, AdverseReaction, Advice, LookAlikes, Signs, statement_kind
from itbkg.triples.publication import report_triples
from itbkg.triples.scope import Triple
from itbkg.triples.sheet import Sheet, bounds, share_triples
from itbkg.vocabulary import Vocabulary


def guidance_triples(document: str, record: Guidance, vocabulary: Vocabulary) -> Iterator[Triple]:
    """Yield every triple that a guidance record states; none of them is inferred."""
    sheet = Sheet(guidance_iri(document), vocabulary)
    yield from _document(sheet, document, record.document)
    for line in record.statements:
        for name, named in statement_names(line):
            node = URIRef(f"{sheet.iri}/{name}")
            yield node, ITB.inDocument, sheet.iri
            yield from _class(sheet, node, line, named)
            yield from sheet.source(node, line)
            yield from _particulars(sheet, node, line)


def _document(sheet: Sheet, name: str, document: Document) -> Iterator[Triple]:
    yield sheet.iri, RDF.type, sheet.term(document.kind, ("GuidanceDocument",)).iri
    yield from report_triples(sheet.iri, name, document, sheet.vocabulary)
    if document.publisher:
        yield sheet.iri, ITB.publisher, Literal(document.publisher)
    if document.advice_of:
        yield sheet.iri, ITB.adviceOf, publication_iri(document.advice_of)


def _class(sheet: Sheet, node: URIRef, line: GuidanceLine, named: str) -> Iterator[Triple]:
    """Yield what kind of statement a node is, its label, and the sign, look-alike or effect that it names."""
    iri, label = _kind(sheet, line)
    if named:
        term = sheet.term(named, BRANCHES["names"] if not isinstance(line, LookAlikes) else BRANCHES["mimics"])
        label = f"{label}: {term.label}"
        yield node, ITB.concernsClass, term.iri
    yield node, RDF.type, iri
    yield node, ITB.statedClass, iri
    yield node, RDFS.label, Literal(label)


def _kind(sheet: Sheet, line: GuidanceLine) -> tuple[URIRef, str]:
    if isinstance(line, Signs):
        return ITB.SignsStatement, f"sign of {sheet.term(line.signs, ('TherapyEvent',)).label}"
    if isinstance(line, LookAlikes):
        return ITB.LookAlikeStatement, f"look-alike of {sheet.term(line.look_alikes, ('TherapyEvent',)).label}"
    kind = str(statement_kind(line))
    term = sheet.term(getattr(line, kind), BRANCHES[kind])
    return term.iri, term.label


def _particulars(sheet: Sheet, node: URIRef, line: GuidanceLine) -> Iterator[Triple]:
    if line.condition:
        yield node, ITB.condition, Literal(line.condition)
    match line:
        case Advice():
            yield from _advice(sheet, node, line)
            yield from _dose(sheet, node, line)
        case AdverseReaction():
            yield from share_triples(node, line.n, line.of, line.percent)
            if line.population:
                yield node, ITB.population, Literal(line.population)
        case Signs():
            yield from sheet.classes(node, ITB.concernsClass, (line.signs,), ("TherapyEvent",))
        case LookAlikes():
            yield from sheet.classes(node, ITB.concernsClass, (line.look_alikes,), ("TherapyEvent",))


def _advice(sheet: Sheet, node: URIRef, line: Advice) -> Iterator[Triple]:
    yield from sheet.classes(node, ITB.concernsClass, line.situation, BRANCHES["for"])
    yield from sheet.classes(node, ITB.advisesClass, line.do, BRANCHES["do"])
    yield from sheet.classes(node, ITB.advisesAgainstClass, line.avoid, BRANCHES["avoid"])
    yield from sheet.classes(node, ITB.consequenceClass, line.leads_to, BRANCHES["leads_to"])
    yield from sheet.classes(node, ITB.actor, line.by, ("Actor",))
    if line.step is not None:
        yield node, ITB.step, Literal(line.step)
    if line.within:
        _, latest = sheet.vocabulary.units.hours(line.within)
        yield from bounds(node, ITB.actWithinHours, latest)


def _dose(sheet: Sheet, node: URIRef, line: Advice) -> Iterator[Triple]:
    """Yield the dose as text, and as a quantity where it is a single one; the interval also of an alarm's soundings."""
    if line.dose:
        yield from sheet.quantity(node, line.dose)
    text = line.dose_text or " every ".join(part.text for part in (line.dose, line.every) if line.dose and part)
    if text:
        yield node, ITB.doseText, Literal(text)
    if line.every:
        yield node, ITB.interval, Literal(line.every.text)
    if line.route:
        yield node, ITB.route, sheet.term(line.route, ("Route",)).iri
