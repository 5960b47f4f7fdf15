"""Which word of ours a code or label of others means."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from rdflib import SKOS, URIRef

from itbkg.errors import did_you_mean
from itbkg.namespaces import ITB
from itbkg.vocabulary import Vocabulary

#: How our own codes begin.
OWN = "itb:"


class Lookup:
    """Looks codes and labels up in the branches of the ontology."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def word(self, code: str, label: str, branches: Sequence[str]) -> str:
        """Return the word that a code or else a label means, in the first branch that knows it; empty for none.

        A code of another vocabulary means the term that the ontology maps exactly to it, or else the only one that it
        maps closely.
        """
        for branch in branches:
            found = self._by_code(code, branch) or self._by_label(label, branch)
            if found:
                return found
        return ""

    def why_not(self, code: str, label: str, branches: Sequence[str]) -> str:
        """Say that no word is known, and which look alike."""
        words = self.vocabulary.words
        kind = words.kind(branches)
        nearest = did_you_mean(words.nearest(label, branches)) if label else ""
        return f"no {kind} of the ontology has this code or name ({code or label}){nearest}"

    def _by_code(self, code: str, branch: str) -> str:
        if code.startswith(OWN):
            return self._in_branch({ITB._NS[code.removeprefix(OWN)]}, branch)
        exact, close = (self._mapped[relation].get(code, set()) for relation in (SKOS.exactMatch, SKOS.closeMatch))
        return self._in_branch(exact, branch) or self._in_branch(close, branch)

    def _by_label(self, label: str, branch: str) -> str:
        found = self.vocabulary.words.find(label, (branch,))
        return found.label if found else ""

    def _in_branch(self, terms: set[URIRef], branch: str) -> str:
        """Return the label of the only one of these terms that stands in a branch; empty for none or several."""
        words = self.vocabulary.words
        labels = {
            words.label(iri) for iri in terms if getattr(words.find(words.label(iri), (branch,)), "iri", None) == iri
        }
        return labels.pop() if len(labels) == 1 else ""

    @cached_property
    def _mapped(self) -> dict[URIRef, dict[str, set[URIRef]]]:
        """The terms of ours by the code to which they are mapped exactly, and closely."""
        graph = self.vocabulary.graph
        codes = {iri: str(code) for iri, code in graph.subject_objects(SKOS.notation)}
        found: dict[URIRef, dict[str, set[URIRef]]] = {}
        for relation in (SKOS.exactMatch, SKOS.closeMatch):
            terms: defaultdict[str, set[URIRef]] = defaultdict(set)
            for term, other in graph.subject_objects(relation):
                if isinstance(term, URIRef) and other in codes:
                    terms[codes[other]].add(term)
            found[relation] = dict(terms)
        return found

    @cached_property
    def rejected(self) -> str:
        """The word for what became of a diagnosis that was given up."""
        graph = self.vocabulary.graph
        value = graph.value(predicate=ITB.impliesClass, object=ITB.RejectedDiagnosis)
        return self.vocabulary.words.label(URIRef(str(value))) if value else ""
