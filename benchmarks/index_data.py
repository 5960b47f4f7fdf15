"""Generated cases over the project's own hierarchy of classes: the same as records, as tables and as RDF."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
import pyoxigraph as ox
from rdflib import RDFS, URIRef

from itbkg.index.fields import FIELDS
from itbkg.index.hierarchy import Hierarchy
from itbkg.namespaces import ITB
from itbkg.vocabulary import Vocabulary

#: How many statements a case has of each field, at the least and at the most; some 20 in all, as in the corpus.
STATED = {
    "event": (1, 2),
    "cause": (1, 3),
    "finding": (2, 8),
    "measurement": (0, 2),
    "investigation": (1, 4),
    "considered": (0, 2),
    "treatment": (2, 7),
    "outcome": (1, 2),
    "condition": (1, 2),
}
#: The fields of which a generated case also states absences, up to so many. The corpus does so of findings alone; with
#: three states on both sides of the count there is more to count.
ABSENCES = {"finding": 2, "cause": 1, "outcome": 1}
#: So many records are made at once.
_BLOCK = 20_000

Statements = tuple[int, list[int], list[int]]


def read_hierarchy(project: Path) -> Hierarchy:
    """Read the classes below the branches of the fields, each with the classes right above it."""
    graph = Vocabulary.read(project / "ontology").graph
    found = [
        (str(term), name)
        for name in STATED
        for branch in FIELDS[name].of
        for term in sorted({*graph.transitive_subjects(RDFS.subClassOf, ITB[branch])})
        if isinstance(term, URIRef)
    ]
    number = {entry: position for position, entry in enumerate(found)}
    above = tuple(
        tuple(
            number[str(other), name]
            for other in sorted(map(str, graph.objects(URIRef(term), RDFS.subClassOf)))
            if (str(other), name) in number
        )
        for term, name in found
    )
    return Hierarchy(tuple(term for term, _ in found), tuple(name for _, name in found), above, frozenset(ABSENCES))


@dataclass
class Generated:
    """So many cases; what a case has at once and states absent does not contradict itself."""

    hierarchy: Hierarchy
    size: int

    def __post_init__(self) -> None:
        self.reach = [frozenset(above) for above in self.hierarchy.reach()]
        self.numbers = {
            name: np.array([term for term, field in enumerate(self.hierarchy.fields) if field == name])
            for name in STATED
        }

    def records(self) -> Iterator[Statements]:
        """Yield the records in order; the classes are drawn so that few are common and most are rare, as in reports."""
        random = np.random.default_rng(20_260_101)
        for start in range(0, self.size, _BLOCK):
            yield from self._block(random, start, min(_BLOCK, self.size - start))

    def _block(self, random: np.random.Generator, start: int, size: int) -> Iterator[Statements]:
        present = self._draw(random, size, STATED)
        absent = self._draw(random, size, {name: (0, most) for name, most in ABSENCES.items()})
        for number, (having, lacking) in enumerate(zip(present, absent, strict=True), start):
            closed = frozenset().union(*(self.reach[term] for term in having))
            yield number, having, [term for term in lacking if term not in closed]

    def _draw(self, random: np.random.Generator, size: int, stated: dict[str, tuple[int, int]]) -> Iterator[list[int]]:
        drawn, kept = [], []
        for name, (least, most) in stated.items():
            terms = np.random.default_rng(len(name)).permutation(self.numbers[name])
            weights = 1 / np.arange(1, len(terms) + 1)
            drawn.append(random.choice(terms, (size, most), p=weights / weights.sum()))
            kept.append(np.arange(most) < random.integers(least, most + 1, (size, 1)))
        for row, keep in zip(np.hstack(drawn), np.hstack(kept), strict=True):
            yield sorted(set(row[keep].tolist()))


def to_tables(hierarchy: Hierarchy, records: list[Statements], cases: Sequence[str]) -> dict[str, pl.DataFrame]:
    """Make the tables that an export has: the statements of each field, and which class lies below which.

    Keys are texts, as there; without `cases` they are numbers.
    """
    tables = {
        "above": pl.DataFrame(
            [(t, a) for t, all_ in enumerate(hierarchy.reach()) for a in all_],
            schema={"term": pl.UInt16, "class": pl.UInt16},
            orient="row",
        )
    }
    fields = np.array(hierarchy.fields)
    columns = [
        np.fromiter(values, kind)
        for kind, values in (
            (np.uint32, (case for case, have, lack in records for _ in range(len(have) + len(lack)))),
            (np.uint16, (term for _, have, lack in records for term in (*have, *lack))),
            (bool, (absent for _, have, lack in records for absent in (False,) * len(have) + (True,) * len(lack))),
        )
    ]
    for name in ("event", "cause", "outcome"):
        wanted = (fields == name)[columns[1]]
        case, term, absent = (column[wanted] for column in columns)
        tables[name] = pl.DataFrame({"case": case, "term": term, "absent": absent})
    return {name: _with_texts(table, hierarchy, cases) for name, table in tables.items()} if cases else tables


def _with_texts(table: pl.DataFrame, hierarchy: Hierarchy, cases: Sequence[str]) -> pl.DataFrame:
    """Put ids for the numbers of cases and terms."""
    texts = {"case": pl.Series(cases), "term": pl.Series(hierarchy.terms), "class": pl.Series(hierarchy.terms)}
    put = {name: texts[name].gather(table[name]) for name in texts.keys() & set(table.columns)}
    return table.with_columns(**put)


def to_store(hierarchy: Hierarchy, records: list[Statements]) -> ox.Store:
    """Load the statements of the asked fields as the graph has them: with the types and absences that follow."""
    lines, below = [], [[] for _ in hierarchy.terms]
    reach = hierarchy.reach()
    for term, above in enumerate(reach):
        for other in above:
            below[other].append(term)
    asked = {"event": ITB.hasEvent, "cause": ITB.hasCause, "outcome": ITB.hasOutcome}
    for case, have, lack in records:
        iri = f"<urn:case:{case}>"
        lines.append(f"{iri} <{TYPE}> <{ITB.Case}> .\n")
        for term in have:
            if link := asked.get(hierarchy.fields[term]):
                node = f"<urn:case:{case}/{term}>"
                lines.append(f"{iri} <{link}> {node} .\n")
                lines.extend(f"{node} <{TYPE}> <{hierarchy.terms[above]}> .\n" for above in reach[term])
        for term in lack:
            if hierarchy.fields[term] in asked:
                node = f"<urn:case:{case}/not/{term}>"
                lines.append(f"{iri} <{ITB.hasAbsence}> {node} .\n")
                lines.extend(f"{node} <{ITB.absentClass}> <{hierarchy.terms[one]}> .\n" for one in below[term])
    store = ox.Store()
    store.bulk_load("".join(lines).encode(), format=ox.RdfFormat.N_TRIPLES)
    return store


TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
