"""Axioms in words: 'affects part: catheter', or for a definition 'cause and (prevented by: preventive measure)'."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from rdflib import OWL, RDFS

from itbkg.terms.expressions import Both, Expression, Expressions, Some
from itbkg.terms.hierarchy import Hierarchy
from itbkg.terms.lexicon import Lexicon, Ref, Term

Form = Literal["is", "has", "excludes", "domain", "range"]

#: How an axiom reads before its words.
_FORMS: Mapping[Form, str] = {
    "is": "whatever is ",
    "has": "",
    "excludes": "never a ",
    "domain": "goes from: ",
    "range": "goes to: ",
}


@dataclass(frozen=True, slots=True)
class Axiom:
    """One axiom in words.

    `form` is `is` for a definition (what is so is a member), `has` for what holds of every member, `excludes` for a
    class that shares no member, and `domain` and `range` for what a property goes from and to. `inherited_from` names
    the class above for which the axiom is stated; None where it is stated for the term itself.
    """

    form: Form
    words: str
    inherited_from: Ref | None

    def __str__(self) -> str:
        origin = f" (from {self.inherited_from.label})" if self.inherited_from else ""
        return f"{_FORMS[self.form]}{self.words}{origin}"


class Phrases:
    """Puts the axioms of terms into words."""

    def __init__(self, lexicon: Lexicon, hierarchy: Hierarchy, expressions: Expressions) -> None:
        self._lexicon = lexicon
        self._hierarchy = hierarchy
        self._expressions = expressions

    def axioms(self, term: Term) -> tuple[Axiom, ...]:
        """Return the axioms of a term: its own, then those of the classes above it, each once."""
        own = (Axiom(form, words, None) for form, words in self._own(term.iri))
        above = self._lexicon.ordered(self._hierarchy.ancestors(term.iri)) if term.kind == "class" else ()
        handed = (Axiom("has", words, self._lexicon.ref(iri)) for iri in above for words in self._having(iri))
        said = {(axiom.form, axiom.words): axiom for axiom in reversed((*own, *handed))}
        return tuple(reversed(said.values()))

    def _own(self, iri: str) -> Iterator[tuple[Form, str]]:
        yield from sorted(("is", self._say(expression)) for expression in self._expressions.equal(iri))
        yield from (("has", words) for words in self._having(iri))
        facts = self._lexicon.facts
        other = {*facts.values(iri, OWL.disjointWith), *facts.subjects(OWL.disjointWith, iri)}
        yield from (("excludes", ref.label) for ref in self._lexicon.refs(other))
        yield from (("domain", self._lexicon.ref(one).label) for one in facts.values(iri, RDFS.domain))
        yield from (("range", self._lexicon.ref(one).label) for one in facts.values(iri, RDFS.range))

    def _having(self, iri: str) -> list[str]:
        return sorted(self._say(expression) for expression in self._expressions.above(iri))

    def _say(self, expression: Expression) -> str:
        match expression:
            case Some():
                return f"{self._lexicon.ref(expression.property).label}: {self._say(expression.filler)}"
            case Both():
                return " and ".join(self._part(part) for part in expression.parts)
            case _:
                return self._lexicon.ref(expression).label

    def _part(self, expression: Expression) -> str:
        words = self._say(expression)
        return words if isinstance(expression, str) else f"({words})"
