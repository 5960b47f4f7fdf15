"""The same count asked of DuckDB, Polars and Oxigraph; each as one who knows the engine would ask."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb
import numpy as np
import polars as pl
import pyoxigraph as ox
from numpy.typing import NDArray

from benchmarks.index_data import TYPE
from itbkg.namespaces import ITB

Counts = NDArray[np.int64]
#: A class in the tables: its IRI, or a number.
Key = str | int
#: A state of the row, one of the column, a row, a column, and how many cases; -1 stands for "whatever the row is".
Cells = Iterable[tuple[int, int, int, int, int]]

#: Presence spreads upward, absence downward; distinct, for two statements may lie below one class.
_DUCK_STATES = """
SELECT DISTINCT s."case", w.place, 0 AS state FROM {table} s
  JOIN above a USING (term) JOIN {wanted} w ON w.term = a.class WHERE NOT s.absent
UNION ALL
SELECT DISTINCT s."case", w.place, 1 AS state FROM {table} s
  JOIN above a ON a.class = s.term JOIN {wanted} w ON w.term = a.term WHERE s.absent
"""
_DUCK = f"""
WITH cohort AS MATERIALIZED (
  SELECT DISTINCT e."case" FROM event e JOIN above a USING (term) WHERE NOT e.absent AND a.class = $event),
r AS MATERIALIZED (SELECT * FROM ({_DUCK_STATES.format(table="cause", wanted="rows")}) SEMI JOIN cohort USING ("case")),
c AS MATERIALIZED (
  SELECT * FROM ({_DUCK_STATES.format(table="outcome", wanted="columns")}) SEMI JOIN cohort USING ("case"))
SELECT r.state, c.state, r.place, c.place, COUNT(*) FROM r JOIN c USING ("case") GROUP BY ALL
UNION ALL SELECT state, -1, place, -1, COUNT(*) FROM r GROUP BY ALL
UNION ALL SELECT -1, state, -1, place, COUNT(*) FROM c GROUP BY ALL
UNION ALL SELECT -1, -1, -1, -1, COUNT(*) FROM cohort
"""


def fill(cells: Cells, rows: int, columns: int) -> Counts:
    """Make the counts in three states of those of pairs, rows, columns and all."""
    pairs = np.zeros((rows, columns, 2, 2), np.int64)
    across, down, total = np.zeros((rows, 2), np.int64), np.zeros((columns, 2), np.int64), 0
    for state, other, row, column, cases in cells:
        if state < 0 and other < 0:
            total = cases
        elif other < 0:
            across[row, state] = cases
        elif state < 0:
            down[column, other] = cases
        else:
            pairs[row, column, state, other] = cases
    counts = np.zeros((rows, columns, 3, 3), np.int64)
    counts[:, :, :2, :2] = pairs
    counts[:, :, :2, 2] = across[:, None] - pairs.sum(axis=3)
    counts[:, :, 2, :2] = down[None] - pairs.sum(axis=2)
    counts[:, :, 2, 2] = total - counts.sum(axis=(2, 3))
    return counts


class Duck:
    """DuckDB over the Parquet files of the tables, or over tables of its own that hold the same."""

    def __init__(self, folder: Path, rows: Sequence[Key], columns: Sequence[Key], event: Key, loaded: bool) -> None:
        self._connection = duckdb.connect()
        self._shape, self._event = (len(rows), len(columns)), event
        kind = "TABLE" if loaded else "VIEW"
        for path in sorted(folder.glob("*.parquet")):
            self._connection.execute(f"CREATE {kind} {path.stem} AS SELECT * FROM '{path}'")
        for name, terms in (("rows", rows), ("columns", columns)):
            listed = ", ".join(f"({term!r}, {place})" for place, term in enumerate(terms))
            self._connection.execute(f"CREATE TABLE {name} AS SELECT * FROM (VALUES {listed}) v(term, place)")

    def count(self) -> Counts:
        """Ask once."""
        return fill(self._connection.execute(_DUCK, {"event": self._event}).fetchall(), *self._shape)


class Polars:
    """Polars over the Parquet files, or over the tables in memory."""

    def __init__(self, folder: Path, rows: Sequence[Key], columns: Sequence[Key], event: Key, loaded: bool) -> None:
        scan = {path.stem: pl.scan_parquet(path) for path in folder.glob("*.parquet")}
        self._tables = {name: table.collect().lazy() for name, table in scan.items()} if loaded else scan
        self._rows, self._columns, self._event = self._wanted(rows), self._wanted(columns), event
        self._shape = (len(rows), len(columns))

    def count(self) -> Counts:
        """Ask once: one lazy plan, collected together."""
        tables = self._tables
        of_event = tables["above"].filter(pl.col("class") == self._event).select("term")
        cohort = tables["event"].filter(~pl.col("absent")).join(of_event, on="term", how="semi").select("case").unique()
        r, c = self._states("cause", self._rows, cohort), self._states("outcome", self._columns, cohort)
        keys = ["state", "state_right", "place", "place_right"]
        plans = [
            r.join(c, on="case").group_by(keys).len(),
            r.group_by("state", "place").len(),
            c.group_by("state", "place").len(),
            cohort.select(pl.len()),
        ]
        pairs, across, down, total = pl.collect_all(plans)
        cells = [
            *pairs.select(*keys, "len").iter_rows(),
            *((state, -1, place, -1, cases) for state, place, cases in across.iter_rows()),
            *((-1, state, -1, place, cases) for state, place, cases in down.iter_rows()),
            (-1, -1, -1, -1, total.item()),
        ]
        return fill(cells, *self._shape)

    @staticmethod
    def _wanted(terms: Sequence[Key]) -> pl.LazyFrame:
        kind = pl.String if isinstance(terms[0], str) else pl.UInt16
        return pl.LazyFrame({"wanted": terms, "place": range(len(terms))}, {"wanted": kind, "place": pl.Int64})

    def _states(self, name: str, wanted: pl.LazyFrame, cohort: pl.LazyFrame) -> pl.LazyFrame:
        stated = self._tables[name].join(cohort, on="case", how="semi")
        above = self._tables["above"]
        upward = above.join(wanted, left_on="class", right_on="wanted").select("term", "place")
        downward = above.join(wanted, left_on="term", right_on="wanted").select(term="class", place="place")
        present = stated.filter(~pl.col("absent")).join(upward, on="term").with_columns(state=pl.lit(0))
        absent = stated.filter("absent").join(downward, on="term").with_columns(state=pl.lit(1))
        return pl.concat([present, absent]).select("case", "place", "state").unique()


class Oxigraph:
    """SPARQL on Oxigraph in memory, over the graph with all that follows: four queries of pairs, four of sums."""

    def __init__(self, store: ox.Store, rows: list[str], columns: list[str], event: str) -> None:
        self._store, self._rows, self._columns = store, rows, columns
        self._cohort = f"?case <{ITB.hasEvent}> ?event . ?event <{TYPE}> <{event}> ."

    def count(self) -> Counts:
        """Ask once."""
        return fill(list(self._cells()), len(self._rows), len(self._columns))

    def _cells(self) -> Cells:
        rows = {f"<{iri}>": place for place, iri in enumerate(self._rows)}
        columns = {f"<{iri}>": place for place, iri in enumerate(self._columns)}
        for state, across in enumerate(_patterns("row", ITB.hasCause, rows)):
            yield from ((state, -1, rows[row], -1, cases) for row, cases in self._ask(["row"], across))
            for other, down in enumerate(_patterns("column", ITB.hasOutcome, columns)):
                for row, column, cases in self._ask(["row", "column"], across + down):
                    yield state, other, rows[row], columns[column], cases
        for other, down in enumerate(_patterns("column", ITB.hasOutcome, columns)):
            yield from ((-1, other, -1, columns[column], cases) for column, cases in self._ask(["column"], down))
        ((total,),) = self._ask([], f"?case a <{ITB.Case}> .")
        yield -1, -1, -1, -1, total

    def _ask(self, names: list[str], pattern: str) -> list[tuple]:
        shown = " ".join(f"?{name}" for name in names)
        group = f"GROUP BY {shown}" if names else ""
        query = f"SELECT {shown} (COUNT(DISTINCT ?case) AS ?n) {{ {self._cohort} {pattern} }} {group}"
        return [
            (*(str(solution[name]) for name in names), int(solution["n"].value))
            for solution in self._store.query(query)
        ]


def _patterns(name: str, link: str, wanted: Iterable[str]) -> tuple[str, str]:
    """Lead to a present and to an absent term of those wanted; from the case on, which the engine does fastest."""
    kept = f"FILTER (?{name} IN ({', '.join(wanted)}))"
    present = f"?case <{link}> ?{name}Node . ?{name}Node <{TYPE}> ?{name} . {kept} "
    absent = f"?case <{ITB.hasAbsence}> ?{name}Node . ?{name}Node <{ITB.absentClass}> ?{name} . {kept} "
    return present, absent
