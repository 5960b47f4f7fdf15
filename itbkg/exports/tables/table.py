"""What a table is: its columns with what they mean, and how its rows are read off the facts of one case or document."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from itbkg.exports.tables.facts import Facts
from itbkg.exports.tables.lexicon import Lexicon

#: A cell: nothing, where the report does not say.
Cell = str | int | float | bool | None
Type = Literal["string", "integer", "number", "boolean"]


@dataclass(frozen=True, slots=True)
class Row:
    """What the cells of one row are read from: `node` hangs on `parent`, and both may be the thing itself."""

    facts: Facts
    words: Lexicon
    node: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it holds, its UCUM `unit`, which values are allowed, and how a cell is read.

    `values` names the class of values whose labels alone are allowed, or lists the texts. `reads` are the properties
    that a cell is made of, so that what no column reads can be counted.
    """

    name: str
    type: Type
    about: str
    read: Callable[[Row], Cell]
    unit: str = ""
    values: str | tuple[str, ...] = ()
    required: bool = False
    reads: tuple[str, ...] = ()

    def allowed(self, words: Lexicon) -> tuple[str, ...]:
        """Return the texts that alone are allowed; none where any is."""
        return words.values(str(self.values)) if isinstance(self.values, str) else self.values


@dataclass(frozen=True)
class Table:
    """A table: a row for each of `rows`, told from all others by the cells of `key`.

    `joins` says which columns name a row of which other table, and by which of its columns.
    """

    name: str
    title: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: Callable[[Facts, Lexicon], Iterable[Row]]
    joins: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def cells(self, facts: Facts, words: Lexicon) -> Iterator[tuple[Cell, ...]]:
        """Yield the rows that these facts have, sorted by their key."""
        found = [tuple([column.read(row) for column in self.columns]) for row in self.rows(facts, words)]
        if len(found) > 1:
            found.sort(key=lambda cells: [str(cells[place]) for place in self._key_places])
        yield from found

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)

    @cached_property
    def reads(self) -> frozenset[str]:
        """The properties that any column reads."""
        return frozenset(str(name) for column in self.columns for name in column.reads)

    @cached_property
    def _key_places(self) -> tuple[int, ...]:
        return tuple(self.names.index(name) for name in self.key)
