"""Mappings from our terms to other vocabularies, kept as SSSOM (https://mapping-commons.github.io/sssom/).

`itbkg.sssom.tsv` is edited by hand; `scripts/mappings` makes `mappings.ttl` from it, which says the same as SKOS.
Every other vocabulary's id stands with its label in `checked-terms.tsv`, where it was `read_in` and with what `status`:
current (in a release, not flagged obsolete), released (in a release or the publisher's own list), quoted (id and label
agree in somebody else's list) or obsolete (not to be used any more).
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Table
from dataclasses import dataclass, fields
from itertools import takewhile
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef

from itbkg.errors import OntologyError
from itbkg.namespaces import ITB
from itbkg.vocabulary.ontology import read_ontology

SSSOM = "itbkg.sssom.tsv"
CHECKED = "checked-terms.tsv"
MODULE = "mappings.ttl"

#: What a mapping may say, by its CURIE in the table.
PREDICATES = {f"skos:{name}": SKOS[name] for name in ("exactMatch", "closeMatch", "broadMatch", "narrowMatch")}
#: What `mappings.ttl` says of terms; annotations all, so that a reasoner passes them over.
ANNOTATIONS = (*PREDICATES.values(), SKOS.prefLabel, SKOS.notation)
#: The columns of the table that are read here.
COLUMNS = ("subject_id", "subject_label", "predicate_id", "object_id", "object_label", "comment")
#: A line of the curie_map in the table's header.
PREFIX = re.compile(r"^#  (\w+): (\S+)$", re.MULTILINE)
#: The first lines of `mappings.ttl`.
HEADING = f"# What our terms correspond to elsewhere. Made from {SSSOM} by scripts/mappings: edit that file.\n"


@dataclass(frozen=True, slots=True, order=True)
class Mapping:
    """One line of the table: `subject`, a term of ours, and what it corresponds to elsewhere.

    `predicate` is skos:exactMatch, closeMatch, broadMatch (theirs covers more) or narrowMatch (theirs covers less).
    `object_id` is a CURIE such as HP:0001250 and `object` the IRI that it stands for.
    """

    subject: URIRef
    predicate: URIRef
    object_id: str
    object_label: str
    object: URIRef
    subject_label: str
    comment: str

    @property
    def source(self) -> str:
        """The prefix of the other vocabulary: HP, MONDO, IMDRF."""
        return self.object_id.partition(":")[0]


@dataclass(frozen=True, slots=True)
class CheckedTerm:
    """A term of another vocabulary whose id and label were read together."""

    id: str
    label: str
    status: str
    read_in: str
    note: str


def read_mappings(folder: Path) -> list[Mapping]:
    """Read the mappings in the ontology's folder, in the order of the file.

    Raises OntologyError, with file and line, for a line that is cut short or holds an unknown prefix or predicate.
    """
    path = folder / SSSOM
    prefixes = dict(PREFIX.findall(path.read_text("utf-8")))
    return [_mapping(row, prefixes, place) for place, row in _rows(path, COLUMNS)]


def read_checked(folder: Path) -> dict[str, CheckedTerm]:
    """Read the checked terms in the ontology's folder, by id; OntologyError for an id that stands there twice."""
    checked: dict[str, CheckedTerm] = {}
    for place, row in _rows(folder / CHECKED, [field.name for field in fields(CheckedTerm)]):
        term = CheckedTerm(**row)
        if checked.setdefault(term.id, term) != term:
            raise OntologyError(f"{place}: {term.id} stands here twice; keep one of the two lines")
    return checked


def faults(mappings: Sequence[Mapping], checked: Table[str, CheckedTerm], ontology: Graph) -> list[str]:
    """Say what is wrong with mappings: a term of ours or of others that is not as it should be, or a clash."""
    lines = [fault for each in mappings for fault in (*_own_faults(each, ontology), *_other_faults(each, checked))]
    return lines + list(_clashes(mappings))


def mapping_graph(mappings: Sequence[Mapping]) -> Graph:
    """Say the mappings in SKOS, with label and CURIE of every other vocabulary's term."""
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in (("itb", ITB), ("owl", OWL), ("skos", SKOS)):
        graph.bind(prefix, namespace)
    for annotation in ANNOTATIONS:
        graph.add((annotation, RDF.type, OWL.AnnotationProperty))
    for each in mappings:
        graph.add((each.subject, each.predicate, each.object))
        graph.add((each.object, SKOS.prefLabel, Literal(each.object_label, lang="en")))
        graph.add((each.object, SKOS.notation, Literal(each.object_id)))
    return graph


def write_module(folder: Path) -> None:
    """Write the mappings of the ontology's folder into its module; OntologyError with all their faults."""
    mappings = read_mappings(folder)
    found = faults(mappings, read_checked(folder), read_ontology(folder))
    if found:
        raise OntologyError("\n".join(f"{folder / SSSOM}: {fault}" for fault in found))
    text = HEADING + mapping_graph(mappings).serialize(format="turtle").rstrip() + "\n"
    (folder / MODULE).write_text(text, "utf-8", newline="\n")


def _rows(path: Path, needed: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the rows of a table, each with its place; the lines before it that start with # are its header."""
    lines = path.read_text("utf-8").splitlines()
    skipped = len(list(takewhile(lambda line: line.startswith("#"), lines)))
    reader = csv.DictReader(lines[skipped:], delimiter="\t", strict=True)
    columns = reader.fieldnames or ()
    if missing := [name for name in needed if name not in columns]:
        raise OntologyError(f"{path}:{skipped + 1}: the table lacks the columns {', '.join(missing)}")
    for row in reader:
        place = f"{path}:{skipped + reader.line_num}"
        if None in row or None in row.values():
            raise OntologyError(f"{place}: not {len(columns)} columns; part them with one tab each")
        yield place, row


def _mapping(row: dict[str, str], prefixes: Table[str, str], place: str) -> Mapping:
    if row["predicate_id"] not in PREDICATES:
        raise OntologyError(f"{place}: '{row['predicate_id']}' is none of {', '.join(PREDICATES)}")
    return Mapping(
        subject=_expand(row["subject_id"], prefixes, place),
        predicate=PREDICATES[row["predicate_id"]],
        object_id=row["object_id"],
        object_label=row["object_label"],
        object=_expand(row["object_id"], prefixes, place),
        subject_label=row["subject_label"],
        comment=row["comment"],
    )


def _expand(curie: str, prefixes: Table[str, str], place: str) -> URIRef:
    prefix, colon, name = curie.partition(":")
    if prefix not in prefixes or not colon or not name:
        raise OntologyError(f"{place}: '{curie}' has no prefix of the header's curie_map ({', '.join(prefixes)})")
    return URIRef(prefixes[prefix] + name)


def _own_faults(mapping: Mapping, ontology: Graph) -> Iterator[str]:
    if (mapping.subject, RDF.type, None) not in ontology:
        yield f"<{mapping.subject}> is no term of ours; look for its new name"
    elif (mapping.subject, OWL.deprecated, Literal(True)) in ontology:
        yield f"<{mapping.subject}> is deprecated; map what replaces it"
    elif ontology.value(mapping.subject, RDFS.label) != Literal(mapping.subject_label, lang="en"):
        yield f"<{mapping.subject}> is not labelled '{mapping.subject_label}'; copy its label"


def _other_faults(mapping: Mapping, checked: Table[str, CheckedTerm]) -> Iterator[str]:
    term = checked.get(mapping.object_id)
    if term is None:
        yield f"{mapping.object_id} is unchecked; read it in its source and enter it in {CHECKED}"
    elif term.status == "obsolete":
        yield f"{mapping.object_id} is obsolete; map what replaces it"
    elif term.label != mapping.object_label:
        yield f"{mapping.object_id} means '{term.label}', not '{mapping.object_label}'; see which was meant"


def _clashes(mappings: Sequence[Mapping]) -> Iterator[str]:
    exact = [each for each in mappings if each.predicate == SKOS.exactMatch]
    for pair, count in Counter((each.subject, each.object_id) for each in mappings).items():
        if count > 1:
            yield f"<{pair[0]}> is mapped to {pair[1]} {count} times; keep one"
    for object_id, count in Counter(each.object_id for each in exact).items():
        if count > 1:
            yield f"{object_id} is the exact match of {count} terms; it can be that of one"
    for (subject, source), count in Counter((each.subject, each.source) for each in exact).items():
        if count > 1:
            yield f"<{subject}> has {count} exact matches in {source}; it can have one"
