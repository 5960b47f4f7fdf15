"""What a case is made of in the words of the Biolink Model 4.4 (https://biolink.github.io/biolink-model/).

Biolink has no predicate from a case to a disease: the general one between instances is used, and the category of the
association says the rest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from itbkg.exports.propertygraph import Scalar
from itbkg.exports.propertygraph.kinds import Kinds
from itbkg.namespaces import BASE, ITB
from itbkg.terms.lexicon import External

_WORDS = str(ITB)
#: A row of a KGX file: texts, truth values and lists of texts.
Row = dict[str, Scalar | Sequence[str]]


@dataclass(frozen=True, slots=True)
class Category:
    """A category of nodes, with the vocabularies whose ids it prefers, the first before the second."""

    name: str
    prefixes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Association:
    """What an edge of ours is: the category of the association, and its predicate."""

    name: str
    predicate: str


CASE = Category("biolink:Case")
_DISEASE = Category("biolink:Disease", ("MONDO", "NCIT"))
#: The categories of classes, by the branch that a class is in.
CATEGORIES: Mapping[str, Category] = {
    "Finding": Category("biolink:PhenotypicFeature", ("HP", "NCIT")),
    "TherapyEvent": _DISEASE,
    "UnderlyingCondition": _DISEASE,
    "Cause": Category("biolink:Event"),
}

_PHENOTYPE = Association("biolink:CaseToPhenotypicFeatureAssociation", "biolink:has_phenotype")
_TO_DISEASE = Association("biolink:CaseToDiseaseAssociation", "biolink:related_to_at_instance_level")
CAUSES = Association("biolink:Association", "biolink:causes")
#: The associations of a case, by the predicate that leads to the statement.
ASSOCIATIONS: Mapping[str, Association] = {
    str(ITB.hasFinding): _PHENOTYPE,
    str(ITB.hasAbsence): _PHENOTYPE,
    str(ITB.hasEvent): _TO_DISEASE,
    str(ITB.hasCondition): _TO_DISEASE,
}


def curie(iri: str) -> str:
    """Shorten an IRI of ours: itb:CatheterKink, itb.case:mohammed-2004.1; another stays as it is.

    KGX takes no slash in what stands behind the colon; the IRI itself is in the column `iri`.
    """
    if iri.startswith(_WORDS):
        return f"itb:{iri.removeprefix(_WORDS)}"
    space, _, local = iri.removeprefix(BASE).partition("/")
    return f"itb.{space}:{local.replace('/', '.')}" if iri.startswith(BASE) else iri


class Classes:
    """The classes that edges lead to, as nodes; those that were asked for are remembered."""

    def __init__(self, kinds: Kinds) -> None:
        self._kinds = kinds
        self._used: dict[str, Row] = {}

    def id_of(self, iri: str) -> str:
        """Return the id of a class: of an exact match in a vocabulary that its category prefers, else our own."""
        category, exact = self._category(iri), self._exact(iri)
        ranked = (one.id for prefix in category.prefixes for one in exact if one.id.startswith(f"{prefix}:"))
        chosen = next(ranked, curie(iri))
        self._remember(chosen, iri, category, exact)
        return chosen

    def rows(self) -> list[Row]:
        """Return a row for each class that was asked for, sorted by id."""
        return [self._used[name] for name in sorted(self._used)]

    def _remember(self, name: str, iri: str, category: Category, exact: Sequence[External]) -> None:
        """Two classes of ours may be one elsewhere: the first gives the name, both give categories and ids."""
        term = self._kinds.lexicon[iri]
        row = self._used.setdefault(name, {"id": name, "iri": iri, "name": term.label, "description": term.definition})
        for key, some in (
            ("category", [category.name]),
            ("synonym", term.synonyms),
            ("xref", [one for one in (curie(iri), *(other.id for other in exact)) if one != name]),
        ):
            row[key] = sorted({*_texts(row.get(key)), *some})

    def _category(self, iri: str) -> Category:
        return next(CATEGORIES[branch] for branch in self._kinds.branches[iri] if branch in CATEGORIES)

    def _exact(self, iri: str) -> list[External]:
        return [one for one in self._kinds.lexicon.mappings(iri) if one.match == "exact"]


def _texts(value: Scalar | Sequence[str] | None) -> Sequence[str]:
    return (
        [] if value is None or isinstance(value, bool | int | float) else [value] if isinstance(value, str) else value
    )
