"""Privacy: no free text of a record may lead to a person.

Every text of every part of a record is searched, so that a new field is covered on the day it is added; words of the
ontology and quantities are no free text. A citation names people, towns and years of its own right: `_OF_A_CITATION`
says for each of its fields what is not looked for there, and nothing else is exempt.

A year is refused in all that is told of a case. Elsewhere (notes on a publication, guidance, numbers of groups) a year
passes, for it is a document's or a group's, unless its sentence speaks of one person. Days and months pass nowhere. Web
addresses pass in what is said of a publication.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from itbkg.curation.found import Found, problem_at
from itbkg.curation.nodes import Node
from itbkg.curation.traces import Kind, Seeker, Trace
from itbkg.errors import Problem
from itbkg.records import Case, Document, Observation, Overlap, Report, Source, Word
from itbkg.records.place import PlaceValue
from itbkg.vocabulary import Vocabulary

_MENDS: Mapping[Kind, str] = {
    Kind.MAIL: "Leave it out.",
    Kind.WEB: "Put the address of the publication under 'url', and leave any other out.",
    Kind.DATE: "Leave it out, or give the time from the case's clock.",
    Kind.NUMBER: "Leave it out; a quantity wants its unit.",
    Kind.PHONE: "Leave it out; a quantity wants its unit.",
    Kind.AGE: "Say that the patient is over 89.",
    Kind.YEAR: "Leave it out, or give the time from the case's clock; a quantity wants its unit.",
    Kind.INSTITUTION: "Say what kind of house it is, such as 'a local hospital'.",
    Kind.PLACE: "Leave it out, or name the country alone.",
    Kind.NAME: "Leave it out, or say what the person is: 'the patient', 'a nurse'.",
}

_OTHERS = frozenset({Kind.INSTITUTION, Kind.PLACE})
_NUMBERED = frozenset({Kind.YEAR, Kind.DATE, Kind.PHONE, Kind.NUMBER})
#: What each field of a citation, and each name of a record, may hold.
_OF_A_CITATION: Mapping[type[BaseModel], Mapping[str, frozenset[Kind]]] = {
    Report: {
        "title": _OTHERS | {Kind.YEAR, Kind.AGE},
        "authors": _OTHERS | {Kind.NAME},
        "journal": _OTHERS | {Kind.NAME, Kind.YEAR, Kind.NUMBER},
        "volume": _NUMBERED,
        "issue": _NUMBERED,
        "pages": _NUMBERED,
        "doi": frozenset(Kind) - {Kind.MAIL},
        "pmid": _NUMBERED,
        "pmcid": _NUMBERED,
        "url": frozenset(Kind) - {Kind.MAIL},
    },
    Document: {"publisher": _OTHERS | {Kind.NAME}, "advice_of": frozenset({Kind.YEAR})},
    Source: {"period": frozenset({Kind.YEAR}), "cohort": frozenset({Kind.YEAR})},
    Observation: {"period": frozenset({Kind.YEAR}), "cohort": frozenset({Kind.YEAR})},
    Overlap: {"cohorts": frozenset({Kind.YEAR})},
    Case: {"same_patient_as": frozenset({Kind.YEAR}), "distinct_from": frozenset({Kind.YEAR})},
}
_ONE_PERSON = re.compile(
    r"\b(?:[Pp]atient|[Mm]an|[Ww]oman|[Bb]oy|[Gg]irl|child|[Ii]nfant|[Bb]aby|[Nn]ewborn|[Hh]e|[Ss]he|[Hh]is|[Hh]er)\b"
)
_LIFE = re.compile(r"(?i)\b(?:born|died|admitted|admission|discharged|implanted|operated)\b")
_GROUP = re.compile(r"(?i)\b(?:patients|persons|people|children|adults|men|women|cases|pumps)\b")
_SENTENCE = re.compile(r"[^.;:!?]+(?:[.:](?=\w)[^.;:!?]+)*")


@dataclass(frozen=True, slots=True)
class FreeText:
    """One text of a record: the keys that lead to it, and the kinds of trace that it may hold."""

    keys: tuple[str | int, ...]
    text: str
    allowed: frozenset[Kind]
    of_case: bool


def check_privacy(record: BaseModel, root: Node, name: str, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield a problem for each trace of a person in a record that has the right form; `root` must match the record."""
    seeker = Seeker.of(vocabulary)
    for free in free_texts(record):
        for trace in _forbidden(free, seeker):
            yield problem_at(Found(free.keys, _said(trace), _MENDS[trace.kind]), root, name)


def check_comments(text: str, name: str, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield a problem for each trace of a person in the comments of a record's file, which are read by people too."""
    seeker = Seeker.of(vocabulary)
    for number, line in enumerate(text.split("\n"), 1):
        comment = re.search(r"(?:^|\s)#\s(.*)", line)
        for trace in seeker.find(comment[1]) if comment else ():
            yield Problem(name, number, "", f"in the comment: {_said(trace)}", _MENDS[trace.kind])


def free_texts(record: BaseModel) -> Iterator[FreeText]:
    """Yield every text of a record that is neither a word of the ontology nor a quantity."""
    yield from _texts(record, FreeText((), "", frozenset(), of_case=False))


def _texts(value: Any, at: FreeText) -> Iterator[FreeText]:
    """Walk a value; `at` says where it stands."""
    if isinstance(value, str | PlaceValue):
        yield FreeText(at.keys, str(value), at.allowed, at.of_case)
    elif isinstance(value, BaseModel):
        for key, field in _free_fields(type(value)):
            yield from _texts(getattr(value, field), _inside(value, key, field, at))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts((key, item), FreeText((*at.keys, key), "", at.allowed, at.of_case))
    elif isinstance(value, tuple | list):
        for index, item in enumerate(value):
            yield from _texts(item, FreeText((*at.keys, index), "", at.allowed, at.of_case))


def _inside(model: BaseModel, key: str, field: str, at: FreeText) -> FreeText:
    allowed = frozenset({Kind.WEB}) if isinstance(model, Report) else frozenset()
    for kind in type(model).__mro__:
        allowed |= _OF_A_CITATION.get(kind, {}).get(field, frozenset())
    return FreeText((*at.keys, key), "", allowed, at.of_case or isinstance(model, Case))


@cache
def _free_fields(model: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """Name the fields of a model that can hold free text, each by its key in the file and in the model."""
    fields = model.model_fields.items()
    return tuple((field.alias or name, name) for name, field in fields if _is_free(field.annotation, field.metadata))


def _is_free(annotation: Any, metadata: Any = ()) -> bool:
    if any(isinstance(mark, Word) for mark in metadata):
        return False
    if hasattr(annotation, "__metadata__"):
        return _is_free(annotation.__origin__, annotation.__metadata__)
    inner = get_args(annotation)
    return any(map(_is_free, inner)) if inner else isinstance(annotation, type) and _can_hold(annotation)


def _can_hold(kind: type) -> bool:
    return issubclass(kind, str | PlaceValue | BaseModel)


def _forbidden(free: FreeText, seeker: Seeker) -> Iterator[Trace]:
    traces = [trace for trace in seeker.find(free.text) if trace.kind not in free.allowed]
    if free.of_case or not any(trace.kind is Kind.YEAR for trace in traces):
        yield from traces
        return
    personal = " ".join(sentence for sentence in _SENTENCE.findall(free.text) if _is_personal(sentence))
    yield from (trace for trace in traces if trace.kind is not Kind.YEAR or trace.text in personal)


def _is_personal(sentence: str) -> bool:
    """Say whether a sentence speaks of one person, or of a life without saying that it was a group's."""
    return bool(_ONE_PERSON.search(sentence) or (_LIFE.search(sentence) and not _GROUP.search(sentence)))


def _said(trace: Trace) -> str:
    return f"'{trace.text}' reads as {trace.kind}."
