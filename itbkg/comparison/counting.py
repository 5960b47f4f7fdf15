"""How many cases of a group have one of several classes, state that they have not, or do not say."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from itbkg.index import ABSENT, FIELDS, Field, classes_telling
from itbkg.namespaces import ITB
from itbkg.statistics import Bounds, Risk, bounds, risk
from itbkg.store import PREFIX_LINES, Store

_BRANCHES = f"""{PREFIX_LINES}
SELECT DISTINCT ?class ?branch WHERE {{
  ?observation itb:countsClass|itb:alongClass|itb:amongClass ?class .
  ?class rdfs:subClassOf? ?branch .
}}
"""
_NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the `of` cases of a group have something, say that they have not, or do not report it.

    `risk` is that of those who report either, with its interval; `bounds` are the shares of all were the rest absent,
    or present. `cases` are the ids of the present, `group` those of all.
    """

    present: int
    absent: int
    not_reported: int
    of: int
    risk: Risk
    bounds: Bounds
    cases: tuple[str, ...]
    group: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """The cases, by IRI, that have something, and those that have it not; all others do not say."""

    present: frozenset[str]
    absent: frozenset[str]

    def __or__(self, other: "Known") -> "Known":
        """Return who has either: who lacks both has neither."""
        present = self.present | other.present
        return Known(present, (self.absent & other.absent) - present)

    def __and__(self, other: "Known") -> "Known":
        """Return who has both: who lacks one has not."""
        return Known(self.present & other.present, self.absent | other.absent)


class Knowledge:
    """What cases say of classes; each field is read once, when it is first asked for.

    A finding is absent where the report says so. Anything else, such as an outcome or a cause, is absent where the case
    tells others that answer the same question (`classes_telling`) and not this one.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._fields: dict[str, Mapping[str, frozenset[str]]] = {}
        self._branches: dict[str, set[str]] = {}
        for iri, branch in store.select(_BRANCHES).texts():
            self._branches.setdefault(iri, set()).add(branch)

    def any_of(self, classes: Sequence[str]) -> Known:
        """Return the cases that have any of some classes."""
        known = [self._in(field, iri) for iri in classes for field in self._fields_of(iri)]
        return reduce(Known.__or__, known) if known else Known(_NOBODY, _NOBODY)

    def _fields_of(self, iri: str) -> list[Field]:
        above = self._branches.get(iri, set())
        return [field for field in FIELDS.values() if above & {str(ITB[branch]) for branch in field.of}]

    def _in(self, field: Field, iri: str) -> Known:
        cases = self._read(field)
        present = cases.get(iri, _NOBODY)
        others = (cases.get(other, _NOBODY) for other in classes_telling(self._store, field, iri))
        denied = self._read(ABSENT).get(iri, _NOBODY) if field.absence else _NOBODY.union(*others)
        return Known(present, denied - present)

    def _read(self, field: Field) -> Mapping[str, frozenset[str]]:
        if field.name not in self._fields:
            self._fields[field.name] = field.all_cases(self._store)
        return self._fields[field.name]


def share(known: Known, group: Collection[str], ids: Mapping[str, str], level: float) -> Share:
    """Count a group, given by IRI, in the order of `ids`."""
    inside = [iri for iri in ids if iri in group]
    cases = tuple(ids[iri] for iri in inside if iri in known.present)
    absent = sum(iri in known.absent for iri in inside)
    untold = len(inside) - len(cases) - absent
    return Share(
        present=len(cases),
        absent=absent,
        not_reported=untold,
        of=len(inside),
        risk=risk(len(cases), len(cases) + absent, level=level),
        bounds=bounds(len(cases), absent, untold),
        cases=cases,
        group=tuple(ids[iri] for iri in inside),
    )
