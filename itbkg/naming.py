"""Names of nodes: made of kind, word and time, so that an inserted line moves no other name."""

import re
import unicodedata
from collections.abc import Iterator

from rdflib import URIRef

from itbkg.namespaces import CASE, GUIDANCE, PUBLICATION
from itbkg.records import (
    Absence,
    Considered,
    DelayLine,
    FindingLine,
    InvestigationLine,
    MeasurementLine,
    OutcomeLine,
    Place,
    Timed,
    TreatmentLine,
)
from itbkg.records.guidance import AdverseReaction, GuidanceLine, LookAlikes, Signs, statement_kind
from itbkg.records.published import Observation
from itbkg.records.words import one_or_many

#: A published number is named by so many words of its measure.
NAME_WORDS = 9


def slug(text: str) -> str:
    """Make a name of a-z, 0-9 and hyphens: 'CT head' is ct-head, '-72..-24 h' is m72-m24-h, '<0.5' is lt0p5."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    for sign, letter in (("..", " "), ("<", "lt"), (">", "gt"), (".", "p"), ("'", "")):
        letters = letters.replace(sign, letter)
    letters = re.sub(r"(?:^|(?<=\s))-(?=[0-9])", "m", letters)
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


def publication_iri(publication: str) -> URIRef:
    """Name a publication by its id, the stem of its file."""
    return PUBLICATION[publication]


def case_iri(publication: str, case: str) -> URIRef:
    """Name a case by its publication's id and its own."""
    return CASE[f"{publication}/{case}"]


def place_iri(publication: str, place: Place) -> URIRef:
    """Name a place in a publication."""
    paragraph = "" if place.paragraph is None else f"/{place.paragraph}"
    return PUBLICATION[f"{publication}/place/{slug(place.section)}{paragraph}"]


def time_slug(line: Timed) -> str:
    """Name the time of a line; empty where it has none."""
    if line.at is not None:
        return slug(line.at.text)
    return f"day-{line.hospital_day}" if line.hospital_day else ""


def node_name(kind: str, word: str, line: Timed) -> str:
    """Name one node of a line: 'finding/seizure-m48-0-h', or with the line's own id in place of word and time."""
    if line.id and kind == line_words(line)[0]:
        return f"{kind}/{line.id}"
    return f"{kind}/" + "-".join(part for part in (slug(word), time_slug(line)) if part)


def shown_name(kind: str, word: str, line: InvestigationLine) -> str:
    """Name what an investigation showed, apart from a line of its own that says the same."""
    return node_name(kind, f"{word} by {line.id or line.investigation}", line)


#: For each kind of line: what its nodes are called, and the field that holds their words.
_KINDS: dict[type[Timed], tuple[str, str]] = {
    FindingLine: ("finding", "finding"),
    Absence: ("absence", "absent"),
    MeasurementLine: ("measurement", "measurement"),
    TreatmentLine: ("treatment", "treatment"),
    InvestigationLine: ("investigation", "investigation"),
    Considered: ("diagnosis", "considered"),
    DelayLine: ("delay", "delay"),
    OutcomeLine: ("outcome", "outcome"),
}


def line_words(line: Timed) -> tuple[str, tuple[str, ...]]:
    """Return the kind of a line's nodes and the word of each."""
    kind, field = _KINDS[type(line)]
    return kind, tuple(one_or_many(getattr(line, field)))


def line_names(line: Timed) -> Iterator[str]:
    """Name the nodes that a line makes for itself."""
    kind, words = line_words(line)
    return (node_name(kind, word, line) for word in words)


def guidance_iri(document: str) -> URIRef:
    """Name a guidance document by its id, the stem of its file."""
    return GUIDANCE[document]


def statement_names(line: GuidanceLine) -> Iterator[tuple[str, str]]:
    """Name each statement that a line makes, with the word that it names where the line has several.

    'recommendation-keep-refill-visits', 'sign-of-withdrawal-fever'; with the line's own id in place of kind and word.
    """
    kind = str(statement_kind(line))
    word = str(getattr(line, kind))
    if not isinstance(line, AdverseReaction | Signs | LookAlikes):
        yield line.id or slug(f"{kind} {word}"), ""
        return
    leading = {"signs": f"sign of {word}", "look_alikes": f"look-alike of {word}"}.get(kind, "adverse reaction")
    for named in line.names:
        yield f"{line.id or slug(leading)}-{slug(named)}", named


def observation_name(observation: Observation) -> str:
    """Name a published number: by its own id, or by the first words of what it counts."""
    if observation.id:
        return observation.id
    return slug(" ".join(observation.measure.split()[:NAME_WORDS]))
