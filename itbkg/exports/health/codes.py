"""Which code names a term of ours in a place of a health record: one of another vocabulary, or our own.

A code of another vocabulary is taken where the ontology maps the term exactly or closely to it, and where the code
leads back to this one term among all of its branch: what it says is then neither more nor less than was recorded.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from itbkg.exports.tables.facts import Facts
from itbkg.exports.tables.lexicon import Lexicon, Match, curie
from itbkg.namespaces import ITB

#: Mappings by which a code may stand for a term.
NEAR = ("exact", "close")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a code: the branch of the terms that stand there, and the vocabularies that may name them."""

    branch: str
    vocabularies: tuple[str, ...] = ()


FINDING = Slot(str(ITB.Finding), ("HP",))
MEASUREMENT = Slot(str(ITB.Measurement), ("LOINC",))
CONDITION = Slot(str(ITB.UnderlyingCondition), ("MONDO",))
DIAGNOSIS = Slot(str(ITB.Diagnosis), ("MONDO",))
AGENT = Slot(str(ITB.Treatment), ("CHEBI", "RXNORM"))
PROCEDURE = Slot(str(ITB.Treatment), ("MAXO",))
INVESTIGATION = Slot(str(ITB.Investigation), ("MAXO",))
ROUTE = Slot(str(ITB.Route), ("NCIT",))
#: Terms that no other vocabulary's code stands for in a health record.
OWN = Slot("")


@dataclass(frozen=True, slots=True)
class Code:
    """A code with its label; `relation` is exact or close, and empty for our own."""

    id: str
    label: str
    term: str
    relation: str = ""


class Codes:
    """Chooses codes for the terms of one graph."""

    def __init__(self, words: Lexicon) -> None:
        self.words = words
        self._back: dict[Slot, dict[str, set[str]]] = {}

    def own(self, iri: str) -> Code:
        """Name a term by our own code."""
        return Code(curie(iri), self.words.label(iri), iri)

    def code(self, iri: str, slot: Slot) -> Code:
        """Name a term in a place: exactly mapped before closely, and by our own code where no other will do."""
        back = self._leading_back(slot)
        for match in self._near(iri, slot):
            if back[match.id] == {iri}:
                return Code(match.id, match.label, iri, match.relation)
        return self.own(iri)

    def nearest(self, iri: str, slot: Slot) -> Code:
        """Name a term by the nearest code of another vocabulary, though it may name others of ours too."""
        found = next(iter(self._near(iri, slot)), None)
        return Code(found.id, found.label, iri, found.relation) if found else self.own(iri)

    def all(self, iri: str, slot: Slot) -> tuple[Code, ...]:
        """Name a term by every code that means exactly the same, our own last."""
        exact = (match for match in self._near(iri, slot) if match.relation == "exact")
        return (*(Code(match.id, match.label, iri, "exact") for match in exact), self.own(iri))

    def terms(self, code: str, slot: Slot) -> frozenset[str]:
        """Return the terms of ours that a code of another vocabulary may stand for in a place."""
        return frozenset(self._leading_back(slot).get(code, ()))

    def is_drug(self, facts: Facts, node: str) -> bool:
        """Say whether a treatment is a drug: it has a dose, a route or an interval, or is of a kind that drugs are."""
        dosed = any(facts.one(node, str(key)) for key in (ITB.valueText, ITB.route, ITB.interval))
        return dosed or bool(self.words.above(facts.one(node, str(ITB.statedClass))) & self._drug_kinds)

    @cached_property
    def _drug_kinds(self) -> frozenset[str]:
        """The kinds of treatment, right below the top, in which any term is mapped to a vocabulary of drugs."""
        top = str(ITB.Treatment)
        drugs = [
            iri
            for iri in self.words.below(top)
            if any(match.vocabulary in AGENT.vocabularies for match in self.words.matches(iri))
        ]
        kinds = {iri for iri in self.words.terms if (top, True) in set(self.words.parents(iri))}
        return frozenset(kind for iri in drugs for kind in self.words.above(iri) & kinds)

    def _near(self, iri: str, slot: Slot) -> list[Match]:
        matches = [one for one in self.words.matches(iri) if one.relation in NEAR]
        fit = [one for one in matches if one.vocabulary in slot.vocabularies]
        return sorted(fit, key=lambda one: (NEAR.index(one.relation), slot.vocabularies.index(one.vocabulary), one.id))

    def _leading_back(self, slot: Slot) -> dict[str, set[str]]:
        if slot not in self._back:
            found: defaultdict[str, set[str]] = defaultdict(set)
            for iri in self.words.terms:
                if self.words.branch(iri) == slot.branch:
                    for match in self._near(iri, slot):
                        found[match.id].add(iri)
            self._back[slot] = found
        return self._back[slot]
