"""Cases in groups: by the terms of a field, or by some of them."""

from collections.abc import Collection
from dataclasses import dataclass

from itbkg.cases.fields import find_words
from itbkg.index import Field, find_field, read_tree
from itbkg.namespaces import ITB
from itbkg.store import Store


@dataclass(frozen=True, slots=True)
class Group:
    """The cases, by IRI, that have a term."""

    iri: str
    label: str
    cases: frozenset[str]


def group_cases(store: Store, by: str) -> tuple[Group, ...]:
    """Return the groups that `by` names; a case may be in several.

    `FIELD` names the classes directly below its branch, or all its values; `FIELD=WORD,WORD` those of the words. Raises
    ParameterError for a field that there is none of or an empty word, and UnknownWordError for a word that the field
    does not know.
    """
    name, sign, words = by.partition("=")
    field = find_field(name.strip())
    labels, cases = field.terms(store), field.all_cases(store)
    terms = find_words(store, field, words) if sign else _uppermost(store, field, cases.keys() & labels)
    groups = (Group(term, labels.get(term, term), cases.get(term, frozenset())) for term in dict.fromkeys(terms))
    return tuple(groups) if sign else tuple(sorted(groups, key=lambda one: (one.label, one.iri)))


def _uppermost(store: Store, field: Field, terms: Collection[str]) -> Collection[str]:
    """Return those of the terms that lie directly below the branch, as the tree is stated; of values, all."""
    if field.kind == "value":
        return terms
    below = read_tree(store).below
    return [term for branch in field.of for term in below.get(str(ITB[branch]), ()) if term in terms]
