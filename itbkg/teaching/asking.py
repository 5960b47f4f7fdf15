"""The saved questions as a lesson asks them: answers kept, and rows as mappings of texts."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from rdflib import Literal, URIRef

from itbkg.cases import CaseAccount, tell_case
from itbkg.cases.listing import case_ids
from itbkg.guidance import Beside, beside_guidance
from itbkg.namespaces import ITB
from itbkg.questions import Question, find_question
from itbkg.questions.binding import find_terms
from itbkg.store import Store
from itbkg.teaching.record import BRANCHES
from itbkg.teaching.words import Words

Row = Mapping[str, str]


class Desk:
    """Asks saved questions of one graph, each setting once, and tells each case once."""

    def __init__(self, store: Store, folder: Path, words: Words) -> None:
        self.store = store
        self.words = words
        self._folder = folder
        self._questions: dict[str, Question] = {}
        self._answers: dict[str, tuple[Row, ...]] = {}
        self._accounts: dict[str, CaseAccount] = {}
        self._laid: dict[str, tuple[Beside, ...]] = {}

    def question(self, name: str) -> Question:
        """Read a saved question; NotFoundError, with those of like name, where there is none."""
        if name not in self._questions:
            self._questions[name] = find_question(self._folder, name)
        return self._questions[name]

    def ask(self, name: str, given: Mapping[str, str]) -> tuple[Row, ...]:
        """Ask with words of the ontology; raises what `find_terms` raises."""
        question = self.question(name)
        key = repr((name, sorted(given.items())))
        if key not in self._answers:
            terms = {name: self._term(question, name, value) for name, value in given.items()}
            self._answers[key] = self._rows(question.bind(terms))
        return self._answers[key]

    def _term(self, question: Question, name: str, value: str) -> URIRef | Literal:
        """Find what is set for a parameter: classes and cases here, all else as the questions do."""
        parameter = next((one for one in question.parameters if one.name == name), None)
        if parameter is not None and parameter.kind == "case" and value in self._cases:
            return URIRef(self._cases[value])
        if parameter is not None and parameter.kind == "class":
            branches = [called for called, top in BRANCHES.items() if top in parameter.of]
            known = [branch for branch in branches if self.words.knows(branch, value)]
            if known:
                return URIRef(self.words.find(known[0], value).iri)
        return find_terms(self.store, question, {name: value})[name]

    @cached_property
    def _cases(self) -> Mapping[str, str]:
        return case_ids(self.store)

    def rows(self, name: str, **iris: str) -> tuple[Row, ...]:
        """Ask with the IRIs of classes that came out of the graph; an empty one is not set."""
        terms = {parameter: URIRef(iri) for parameter, iri in iris.items() if iri}
        query = self.question(name).bind(terms)
        if query not in self._answers:
            self._answers[query] = self._rows(query)
        return self._answers[query]

    def account(self, case: str) -> CaseAccount:
        """Tell a case; NotFoundError where there is none of this id."""
        if case not in self._accounts:
            self._accounts[case] = tell_case(self.store, case)
        return self._accounts[case]

    def laid(self, case: str) -> tuple[Beside, ...]:
        """Lay what was done in a case beside what documents advise for its events."""
        if case not in self._laid:
            self._laid[case] = beside_guidance(self.store, case)
        return self._laid[case]

    def counted(self, event: str = "") -> int:
        """Count the cases, of one kind of event where its IRI is given."""
        rows = self.rows("counted-cases", event=event or str(ITB.TherapyEvent))
        return int(rows[0]["N"]) if rows else 0

    @cached_property
    def units(self) -> Mapping[str, Row]:
        """The units by their UCUM code, with dimension, factor and offset."""
        query = """PREFIX itb: <https://w3id.org/itbkg/ont/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?code ?dimension ?factor ?offset WHERE {
  ?unit a itb:Unit ; skos:notation ?code ; itb:dimension ?dimension ; itb:factor ?factor .
  OPTIONAL { ?unit itb:offset ?offset }
} ORDER BY ?code"""
        return {row["code"]: row for row in self._rows(query)}

    def _rows(self, query: str) -> tuple[Row, ...]:
        table = self.store.select(query)
        return tuple(dict(zip(table.columns, row, strict=True)) for row in table.texts())
