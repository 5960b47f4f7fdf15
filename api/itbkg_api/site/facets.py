"""The facets of the cases as a page shows them: trees of classes with counts, each a link that narrows the choice."""

from collections import Counter as Counts
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from itbkg.cases import Chosen, FacetCount, Facets
from itbkg.cases.facets import Counter
from itbkg.index import case_index, find_field
from itbkg.store import Store
from itbkg.terms import Glossary
from itbkg_api.site.defined import defined_classes

#: The facets in their order: the field, its heading, and whether it stands open.
SHOWN = (
    ("event", "Event", True),
    ("cause", "Cause", True),
    ("finding", "Finding", False),
    ("treatment", "Treatment", False),
    ("outcome", "Outcome", True),
    ("age_group", "Age group", False),
    ("condition", "Underlying condition", False),
    ("read_as", "What was read", False),
)
DECADE = 10
#: What the address holds: names and texts in their order.
Asked = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class FacetNode:
    """A class or value with its counts among the chosen cases, and where a click on it leads.

    `is_open` says that something below it is chosen, and has to be seen.
    """

    label: str
    present: int
    absent: int
    chosen: bool
    address: str
    below: tuple["FacetNode", ...] = ()

    @property
    def is_open(self) -> bool:
        """Say whether what is chosen stands below."""
        return any(one.chosen or one.is_open for one in self.below)


@dataclass(frozen=True, slots=True)
class FacetView:
    """One facet: `reported` of `total` chosen cases say anything of it.

    `nodes` are the classes by which things are sorted, `gathered` those that by definition gather them anew.
    """

    name: str
    title: str
    is_open: bool
    total: int
    reported: int
    nodes: tuple[FacetNode, ...]
    gathered: tuple[FacetNode, ...] = ()


def facet_views(store: Store, glossary: Glossary, chosen: Chosen, asked: Asked, path: str) -> Iterator[FacetView]:
    """Yield every facet of the chosen cases; links lead to `path` with one condition more, or one less."""
    counter = Counter(store, chosen)
    for name, title, is_open in SHOWN:
        counted = counter.count(find_field(name))
        trees = _Trees(store, glossary, counted, asked, path)
        given = any(asked_name == name for asked_name, _ in asked)
        yield FacetView(name, title, is_open or given, counted.total, counted.reported, *trees.tops())
    yield _years(chosen, asked, path)


def _years(chosen: Chosen, asked: Asked, path: str) -> FacetView:
    """Count the chosen cases by the decade in which they were published."""
    years = [row.year for row in chosen.rows if row.year]
    decades = sorted(Counts(year // DECADE * DECADE for year in years).items(), reverse=True)
    given = [text for name, text in asked if name == "year"]
    nodes = (_decade(decade, n, asked, path) for decade, n in decades)
    return FacetView("year", "Year of publication", bool(given), chosen.total, len(years), tuple(nodes))


def _decade(first: int, n: int, asked: Asked, path: str) -> FacetNode:
    span = f"{first}..{first + DECADE - 1}"
    rest = [(name, text) for name, text in asked if name != "year"]
    is_chosen = ("year", span) in asked
    there = address(path, rest if is_chosen else [*rest, ("year", span)])
    return FacetNode(f"{first} to {first + DECADE - 1}", n, 0, is_chosen, there)


class _Trees:
    """Makes the tree of one facet: what no chosen case has is left out."""

    def __init__(self, store: Store, glossary: Glossary, counted: Facets, asked: Asked, path: str) -> None:
        self._defined = defined_classes(store)
        self._column = case_index(store).column(counted.field)
        self._children = glossary.hierarchy.children
        self._parents = glossary.hierarchy.parents
        self._field = counted.field
        self._counts: Mapping[str, FacetCount] = {one.iri: one for one in counted.counts if one.present}
        self._asked = asked
        self._path = path

    def tops(self) -> tuple[tuple[FacetNode, ...], tuple[FacetNode, ...]]:
        """Return the uppermost counted terms; where only one gathers all others, what stands below it.

        Those that by definition gather others come apart, without those of exactly the cases of a sorted one.
        """
        tops = [iri for iri in self._counts if not self._counts.keys() & {*self._parents.get(iri, ())}]
        while len(tops) == 1 and (below := self._below(tops[0])):
            tops = below
        plain = [iri for iri in tops if iri not in self._defined]
        said = [self._column.present(iri) for iri in plain]
        again = [iri for iri in tops if iri in self._defined and self._column.present(iri) not in said]
        return self._nodes(plain, ()), self._nodes(again, ())

    def _below(self, iri: str) -> list[str]:
        return [one for one in self._children(iri) if one in self._counts]

    def _nodes(self, iris: Sequence[str], above: tuple[str, ...]) -> tuple[FacetNode, ...]:
        ordered = sorted(iris, key=lambda iri: (-self._counts[iri].present, self._counts[iri].label, iri))
        return tuple(self._node(iri, (*above, iri)) for iri in ordered if iri not in above)

    def _node(self, iri: str, path: tuple[str, ...]) -> FacetNode:
        count = self._counts[iri]
        pair = (self._field, count.label)
        return FacetNode(
            label=count.label,
            present=count.present,
            absent=count.absent or 0,
            chosen=pair in self._asked,
            address=address(self._path, toggled(self._asked, pair)),
            below=self._nodes(self._below(iri), path),
        )


def toggled(asked: Asked, pair: tuple[str, str]) -> Asked:
    """Take a condition away where it is asked for, and add it where it is not."""
    without = [one for one in asked if one != pair]
    return without if len(without) < len(asked) else [*asked, pair]


def address(path: str, asked: Asked) -> str:
    """Write the address of a page with what is asked of it, without what is empty and the place within a list."""
    kept = [(name, text) for name, text in asked if text and name != "offset"]
    return f"{path}?{urlencode(kept)}" if kept else path
