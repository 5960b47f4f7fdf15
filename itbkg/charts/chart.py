"""A chart: its specification, the typed rows that it draws, and its words for who cannot see it."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Generic, TypeVar

from itbkg.sheet import Cell, to_csv

Row = TypeVar("Row")
#: A Vega-Lite specification, or a part of one.
Spec = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Chart(Generic[Row]):
    """One chart.

    `title` says what n and N are. `description` says in words what a reader sees. `spec` is the Vega-Lite
    specification; its dataset `table` has the `rows`, field by field, so that the numbers drawn are those of the table.
    """

    name: str
    title: str
    description: str
    kind: type[Row]
    rows: tuple[Row, ...]
    spec: Spec

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the table: the fields of a row."""
        return tuple(field.name for field in fields(self.kind))  # type: ignore[arg-type] # every kind is a dataclass

    @property
    def width(self) -> int:
        """The width in pixels."""
        margins = self.spec["padding"]
        return int(margins["left"] + self.spec["width"] + margins["right"])

    def cells(self) -> Iterator[tuple[Cell, ...]]:
        """Yield the table; several values stand in one cell with semicolons between them."""
        for row in self.rows:
            yield tuple(_cell(getattr(row, column)) for column in self.columns)

    def to_csv(self) -> str:
        """Write the table as CSV."""
        return to_csv(self.columns, self.cells())


def values(row: Any, **shown: Any) -> Spec:
    """Return a row as a record of a dataset, with what is shown of it beside."""
    plain: Mapping[str, Any] = asdict(row)
    return {name: list(value) if isinstance(value, tuple) else value for name, value in plain.items()} | shown


def _cell(value: Any) -> Cell:
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str | int | float) else None
