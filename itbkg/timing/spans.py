"""The stretches of a course that the ontology says are measured: where each starts and what ends it."""

from collections.abc import Mapping
from dataclasses import dataclass

from itbkg.cases.names import nearest
from itbkg.cases.rows import gathered, named_rows
from itbkg.errors import NotFoundError
from itbkg.store import PREFIX_LINES, Store
from itbkg.vocabulary.words import fold

_SPANS = f"""{PREFIX_LINES}
SELECT ?span ?label ?definition ?clock ?event WHERE {{
  ?span a itb:TimeSpan ; rdfs:label ?label ; skos:definition ?definition ; itb:startsAtClock ?clock ;
        itb:timedInClass ?event .
}} ORDER BY ?span
"""
_CLASSES: Mapping[str, str] = {
    part: f"{PREFIX_LINES} SELECT ?span ?class WHERE {{ ?span itb:{part} ?class }} ORDER BY ?span ?class"
    for part in ("startsWithClass", "endsWithClass", "statedByClass", "endsWatchClass")
}


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time; its classes and its clock zero are IRIs, and their meaning stands in `ontology/core.ttl`.

    It is looked for in the cases with an `event` of the class. It starts at `clock`, or with the first statement of
    `starts_with`; it ends with the first of `ends_with`; a report states its length by a delay of `stated_by`; a
    statement of `ends_watch` says that the end had not come by then.
    """

    name: str
    label: str
    definition: str
    event: str
    clock: str
    starts_with: tuple[str, ...]
    ends_with: tuple[str, ...]
    stated_by: tuple[str, ...]
    ends_watch: tuple[str, ...]


def read_spans(store: Store) -> tuple[Span, ...]:
    """List all stretches that are measured, by name."""
    parts = {part: gathered(store, query) for part, query in _CLASSES.items()}
    return tuple(
        Span(
            name=_slug(row["label"]),
            label=row["label"],
            definition=row["definition"],
            event=row["event"],
            clock=row["clock"],
            starts_with=parts["startsWithClass"].get(row["span"], ()),
            ends_with=parts["endsWithClass"].get(row["span"], ()),
            stated_by=parts["statedByClass"].get(row["span"], ()),
            ends_watch=parts["endsWatchClass"].get(row["span"], ()),
        )
        for row in named_rows(store, _SPANS)
    )


def find_span(store: Store, name: str) -> Span:
    """Return a stretch by name or label; NotFoundError, with the names that are like it, where there is none."""
    known = {span.name: span for span in read_spans(store)}
    asked = _slug(fold(name))
    if asked not in known:
        raise NotFoundError("time span", name, nearest(asked, known) or sorted(known)[:3])
    return known[asked]


def _slug(label: str) -> str:
    return label.replace(" ", "-")
