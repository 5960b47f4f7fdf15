"""The attributes that the literals of the nodes make: a name and a type for each predicate, found in the data."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from rdflib import XSD

from itbkg.exports.propertygraph.model import Value
from itbkg.exports.propertygraph.names import short_name

ColumnType = Literal["boolean", "integer", "number", "text"]
Scalar = bool | int | float | str

#: What writers name themselves; a predicate that ends so gets a number behind its name.
RESERVED = frozenset(
    ("id", "label", "name", "kind", "kinds", "type", "source", "target", "literals", "graphs", "predicate", "iri")
)
#: The types in which a number stands as such; the digits of a decimal need not come out as they went in.
_TYPES: Mapping[str, ColumnType] = {
    str(XSD.boolean): "boolean",
    str(XSD.integer): "integer",
    **dict.fromkeys(map(str, (XSD.decimal, XSD.double, XSD.float)), "number"),
}
#: What every reader of integers can hold.
_LARGEST = 2**53


@dataclass(frozen=True, slots=True)
class Column:
    """An attribute of nodes: its name, predicate and type, and whether a node has several values of it."""

    name: str
    predicate: str
    type: ColumnType
    many: bool


class Columns:
    """The columns of all nodes that were seen."""

    def __init__(self) -> None:
        self._types: dict[str, set[ColumnType]] = {}
        self._many: Counter[str] = Counter()
        #: How many literals have a language, and how many a datatype that no column has.
        self.languages = self.datatypes = 0

    def see(self, values: Mapping[str, tuple[Value, ...]]) -> None:
        """Take note of the values of one node, before the columns are asked for."""
        for predicate, some in values.items():
            self._types.setdefault(predicate, set()).update(_type(one) for one in some)
            self._many[predicate] += len(some) > 1
            self.languages += sum(1 for one in some if one.language)
            self.datatypes += sum(1 for one in some if not one.language and one.datatype not in _KEPT)

    @property
    def crowded(self) -> int:
        """How many times a node has several values of one attribute."""
        return sum(self._many.values())

    @cached_property
    def all(self) -> tuple[Column, ...]:
        """Every column, sorted by name; the same predicates have the same names in each export of the same data."""
        named: dict[str, Column] = {}
        for predicate, types in sorted(self._types.items()):
            name = _free(short_name(predicate), named.keys() | RESERVED)
            named[name] = Column(name, predicate, _common(types), self._many[predicate] > 0)
        return tuple(named[name] for name in sorted(named))


def scalar(value: Value, kind: ColumnType) -> Scalar:
    """Read a value as its column's type."""
    match kind:
        case "boolean":
            return value.text in ("true", "1")
        case "integer":
            return int(value.text)
        case "number":
            return float(value.text)
    return value.text


def _type(value: Value) -> ColumnType:
    """Say as what a value can be read without harm; an ill-formed or infinite number, or a huge one, is a text."""
    kind = _TYPES.get(value.datatype, "text")
    try:
        number = scalar(value, kind)
    except ValueError:
        return "text"
    fits = isinstance(number, str | bool) or (math.isfinite(number) and abs(number) < _LARGEST)
    return kind if fits else "text"


def _common(types: Iterable[ColumnType]) -> ColumnType:
    kinds = set(types)
    if kinds == {"integer", "number"}:
        return "number"
    return kinds.pop() if len(kinds) == 1 else "text"


def _free(name: str, taken: Iterable[str]) -> str:
    used = {one.casefold() for one in taken}
    tries = (name if number == 1 else f"{name}_{number}" for number in range(1, len(used) + 2))
    return next(one for one in tries if one.casefold() not in used)


#: The datatypes that columns hold as they are.
_KEPT = frozenset(map(str, (XSD.string, XSD.boolean, XSD.integer)))
