"""All tables, and their rows: read case by case and document by document, so that memory does not grow with them."""

from collections import Counter
from collections.abc import Iterator

from itbkg.exports.format import Loss, Losses
from itbkg.exports.selection import Selection
from itbkg.exports.tables import cases, course
from itbkg.exports.tables.documents import GUIDANCE_TABLES, NUMBER_TABLES
from itbkg.exports.tables.facts import Facts, case_facts, graph_facts
from itbkg.exports.tables.lexicon import Lexicon
from itbkg.exports.tables.states import states_table
from itbkg.exports.tables.table import Cell, Table
from itbkg.exports.tables.vocabulary import WORD_TABLES
from itbkg.namespaces import GRAPH, ITB

#: Properties that no column reads because the shape of the tables holds them, or other cells say them again.
_SHAPE = frozenset(map(str, (*cases.SHAPE, *course.SHAPE, ITB.inDocument)))


class Tables:
    """The tables of a selection: those of cases and words, and of a whole graph those of guidance and numbers too."""

    def __init__(self, selection: Selection) -> None:
        self._selection = selection
        self._unread: Counter[str] = Counter()
        self.words = Lexicon(selection.store)
        self._of_case = (*cases.CASE_TABLES, *course.COURSE_TABLES, states_table(self.words))
        self._of_graph = {"guidance": GUIDANCE_TABLES, "published": NUMBER_TABLES} if selection.whole else {}

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables, in their order."""
        return (*self._of_case, *(table for several in self._of_graph.values() for table in several), *WORD_TABLES)

    def rows(self) -> Iterator[tuple[Table, tuple[Cell, ...]]]:
        """Yield every row with its table; the rows of one table come in the order of their cases or documents."""
        told = ""
        for case in self._selection.cases:
            facts = case_facts(self._selection.store, case)
            publication = facts.one(facts.about, str(ITB.reportedIn))
            for table in self._of_case:
                if table is not cases.PUBLICATIONS or publication != told:
                    yield from ((table, cells) for cells in table.cells(facts, self.words))
            told = publication
            self._note_unread(facts, self._of_case)
        yield from self._document_rows()
        for table in WORD_TABLES:
            yield from ((table, cells) for cells in table.cells(self.words.facts, self.words))

    def _document_rows(self) -> Iterator[tuple[Table, tuple[Cell, ...]]]:
        for kind, tables in self._of_graph.items():
            graphs = [name for name in self._selection.graphs if name.startswith(f"{GRAPH}{kind}/")]
            for facts in (graph_facts(self._selection.store, name) for name in graphs):
                for table in tables:
                    yield from ((table, cells) for cells in table.cells(facts, self.words))
                self._note_unread(facts, tables)

    def losses(self) -> Losses:
        """Say what the tables do not hold; complete once all rows were read."""
        unread = (Loss(f"the property '{self.words.label(iri)}'", count) for iri, count in sorted(self._unread.items()))
        return (*unread, Loss("class expressions and annotations of the ontology beyond names, definitions and "
                              "mappings: take the ontology's own file", 1))  # fmt: skip

    def _note_unread(self, facts: Facts, tables: tuple[Table, ...]) -> None:
        read = [_SHAPE, *(table.reads for table in tables)]
        for _, predicate, count in facts.counts():
            if not any(predicate in one for one in read):
                self._unread[predicate] += count
