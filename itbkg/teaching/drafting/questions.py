"""The questions of a draft: each a mapping as the YAML has it, or nothing where the case gives no ground for it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from itbkg.cases import CaseAccount, Entry
from itbkg.store import PREFIX_LINES
from itbkg.teaching.drafting.options import (
    beside,
    choices,
    nearest_first,
    often_reported,
    unit_for,
    words_of,
)
from itbkg.teaching.making import Workshop
from itbkg.teaching.pieces import WHOLE, Piece
from itbkg.teaching.words import Term

#: A question as it stands in the file.
Draft = dict[str, Any]
#: Wrong options that a question needs.
FEWEST = 2
#: Which question tells by event what is reported of a branch, and in which column.
_BY_EVENT = {"diagnosis": ("mimics-by-event", "diagnosis"), "outcome": ("outcomes-by-event", "outcome")}

_CANONICAL = f"""{PREFIX_LINES}
SELECT ?label ?unit WHERE {{
  ?kind itb:canonicalUnit/skos:notation ?unit ; rdfs:label ?label .
}} ORDER BY ?label ?unit
"""


class Asker:
    """Drafts the questions of one case."""

    def __init__(self, workshop: Workshop, account: CaseAccount, pieces: Mapping[str, Piece]) -> None:
        self.workshop, self.account, self.pieces = workshop, account, pieces
        self.desk, self.words = workshop.desk, workshop.words
        self.event = account.events[0]

    def first_thoughts(self) -> Draft | None:
        """Ask for the differential diagnosis; right is what the report says was considered."""
        return self._chosen(
            "first-thoughts",
            "Which of these diagnoses belong on your list now? The key marks those that were considered at the time.",
            "diagnosis",
            ("diagnoses-considered", "diagnosis", {}),
            several=True,
        )

    def next_step(self) -> Draft | None:
        """Ask for the investigation that showed the cause."""
        return self._chosen(
            "next-step",
            "Which of these investigations is most likely to show the cause? The key is the one that did.",
            "investigation",
            ("investigations-and-results", "investigation", {"state": "cause"}),
        )

    def cause(self) -> Draft | None:
        """Ask for the cause, among those that lie near it in the ontology."""
        return self._chosen(
            "cause",
            "What may have happened? The key marks what the report names as a cause.",
            "cause",
            ("causes-by-basis", "cause", {}),
            nearest=True,
        )

    def outcome(self) -> Draft | None:
        """Ask how it ended."""
        return self._chosen(
            "outcome",
            "How do you think the story went on? The key marks what the report tells.",
            "outcome",
            ("cause-and-outcome", "statement", {"step": "outcome"}),
            several=True,
        )

    def responses(self, names: Iterable[str]) -> list[Draft]:
        """Ask what came of each treatment whose response the report tells."""
        told = [entry for entry in self.account.course if entry.responses and self._name(entry) in {*names}]
        drafts = (self._response(entry) for entry in {entry.label: entry for entry in told}.values())
        return [draft for draft in drafts if draft]

    def number(self, names: Iterable[str]) -> Draft | None:
        """Ask to convert the first value that stands in another unit than its kind is compared in."""
        canonical = {row[0]: row[1] for row in self.workshop.store.select(_CANONICAL).texts()}
        for name in names:
            fact = self.pieces[name].fact
            wanted = unit_for(self.desk, fact.unit, canonical, fact.label) if fact.number is not None else None
            if wanted is not None:
                return {
                    "id": "number",
                    "kind": "numeric",
                    "prompt": f"{fact.label.capitalize()}: {{{{{name}}}}}. How much is that in {wanted}?",
                    "key": {"statement": name, "convert": wanted},
                }
        return None

    def _chosen(
        self,
        name: str,
        prompt: str,
        branch: str,
        asked: tuple[str, str, dict[str, str]],
        *,
        several: bool = False,
        nearest: bool = False,
    ) -> Draft | None:
        question, column, where = asked
        settings = {"case": self.account.id}
        found = [row for row in self.desk.ask(question, settings) if all(row[key] == where[key] for key in where)]
        right = words_of(self.words, branch, [row[column] for row in found])
        everywhere = often_reported(
            [row for row in self.desk.ask(question, {}) if all(row[key] == where[key] for key in where)], column
        )
        others = (
            nearest_first(self.words, branch, right, everywhere)
            if nearest
            else words_of(self.words, branch, self._same_event_first(branch, everywhere))
        )
        wrong = beside(self.words, right, [term for term in others if not self._names_event(term)])
        if not right or len(wrong) < FEWEST:
            return None
        ask: Draft = {"question": question, "with": settings, "column": column}
        return {
            "id": name,
            "kind": "several" if several or len(right) > 1 else "single",
            "prompt": prompt,
            "of": branch,
            "key": {"ask": {**ask, "where": where} if where else ask},
            "options": choices(right, wrong),
        }

    def _response(self, entry: Entry) -> Draft | None:
        asked = {"case": self.account.id, "treatment": entry.label}
        right = words_of(
            self.words, "response", [row["response"] for row in self.desk.ask("treatment-responses", asked)]
        )
        others = words_of(self.words, "response", often_reported(self.desk.ask("treatment-responses", {}), "response"))
        wrong = beside(self.words, right, [*others, *self.words.all_of("response")])
        if len(right) != 1 or len(wrong) < FEWEST:
            return None
        about = entry.responses[0][0]
        what = WHOLE if about in self.account.events else about
        return {
            "id": f"response-{self._name(entry).rsplit('/', 1)[-1]}"[:64].rstrip("-"),
            "kind": "single",
            "prompt": f"What was tried: {entry.label}. How did {what} respond?",
            "of": "response",
            "key": {"ask": {"question": "treatment-responses", "with": asked, "column": "response"}},
            "options": choices(right, wrong),
        }

    def _same_event_first(self, branch: str, labels: Sequence[str]) -> list[str]:
        """Put what is reported for the event of the case before what is not."""
        if branch not in _BY_EVENT:
            return list(labels)
        question, column = _BY_EVENT[branch]
        known = {row[column] for row in self.desk.ask(question, {"event": self.event})}
        return sorted(labels, key=lambda label: label not in known)

    def _names_event(self, term: Term) -> bool:
        """Say whether a word has the event in it: as a wrong option it would be false, and give the event away."""
        return any(f" {event} " in f" {name} " for event in self.account.events for name in term.names)

    def _name(self, entry: Entry) -> str:
        return entry.iri.removeprefix(f"{self.account.iri}/")
