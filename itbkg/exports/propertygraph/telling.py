"""What vouches for the statements of one named graph: where the report makes them, how sure they are and why."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import pyoxigraph as ox
from rdflib import RDFS

from itbkg.exports.propertygraph.model import Source, State
from itbkg.exports.propertygraph.terms import to_id
from itbkg.namespaces import ITB

_LABEL, _STATED_AT, _PLACE_IN, _LEADS_TO = map(str, (RDFS.label, ITB.statedAt, ITB.placeIn, ITB.leadsTo))
_PRESENT, _CERTAINTY, _BASIS = map(str, (ITB.hasFinding, ITB.certainty, ITB.basis))
_ABSENT = frozenset(map(str, (ITB.hasAbsence, ITB.absentClass)))
_NOTHING = Source()
_NONE: Mapping[str, Sequence[str]] = {}


class Telling:
    """The statements of a named graph of records, ready to be asked what vouches for an edge between two things.

    `labels` are those of the ontology's values, by IRI. Made of no quads it vouches for nothing.
    """

    def __init__(self, quads: Iterable[ox.Quad], labels: Mapping[str, str]) -> None:
        self._about: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for quad in quads:
            about = self._about[to_id(quad.subject)][quad.predicate.value]
            about.append(quad.object.value if isinstance(quad.object, ox.Literal) else to_id(quad.object))
        self._labels = labels
        self._assertions = self._ends(str(ITB.assertedCause), str(ITB.assertedEffect))
        self._present = self._objects(str(ITB.hasFinding))
        self._absent = self._objects(str(ITB.hasAbsence))
        self._publications = tuple(sorted(self._objects(str(ITB.reportedIn))))

    def state(self, predicate: str, target: str) -> State:
        """Say whether an edge tells of a finding that was there, or of one that was not."""
        if predicate in _ABSENT or target in self._absent:
            return "absent"
        return "present" if predicate == _PRESENT or target in self._present else ""

    def source(self, source: str, predicate: str, target: str) -> Source:
        """Return what vouches for an edge: the assertion of a causal link, else the statement at either end of it."""
        if not self._about:
            return _NOTHING
        statements = self._statements(source, predicate, target)
        places = {place for one in statements for place in self._get(one, _STATED_AT)}
        told = {publication for place in places for publication in self._get(place, _PLACE_IN)}
        return Source(
            statements=tuple(statements),
            publications=tuple(sorted(told)) or self._publications,
            places=tuple(sorted(label for place in places for label in self._get(place, _LABEL))),
            certainty=self._named(statements, _CERTAINTY),
            basis=self._named(statements, _BASIS),
        )

    def _statements(self, source: str, predicate: str, target: str) -> Sequence[str]:
        if predicate == _LEADS_TO:
            return sorted(self._assertions.get((source, target), ()))
        return next(([one] for one in (source, target) if self._get(one, _STATED_AT)), [])

    def _ends(self, first: str, second: str) -> Mapping[tuple[str, str], Sequence[str]]:
        ends: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for statement in list(self._about):
            for one in self._get(statement, first):
                for other in self._get(statement, second):
                    ends[one, other].append(statement)
        return ends

    def _objects(self, predicate: str) -> frozenset[str]:
        return frozenset(value for about in self._about.values() for value in about.get(predicate, ()))

    def _named(self, statements: Iterable[str], predicate: str) -> tuple[str, ...]:
        values = {value for one in statements for value in self._get(one, predicate)}
        return tuple(sorted(self._labels.get(value, value) for value in values))

    def _get(self, subject: str, predicate: str) -> Sequence[str]:
        return self._about.get(subject, _NONE).get(predicate, ())
