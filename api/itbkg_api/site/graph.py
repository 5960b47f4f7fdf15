"""The page of the graph: what led to what over all cases, drawn and as lists, and what is chosen to take along."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Annotated, Literal

from fastapi import Query, Request, Response

from itbkg.cases import Wanted, choose_cases
from itbkg.errors import NotFoundError
from itbkg.exports import FORMATS
from itbkg.index import case_index, find_field, labels_of
from itbkg.network.graph import Edge, Node, View
from itbkg.network.layout import COLUMNS, Placed, place
from itbkg.network.views import Asked, show
from itbkg.store import Store, once
from itbkg_api.addresses import API
from itbkg_api.parts import StorePart
from itbkg_api.site.facets import address
from itbkg_api.site.routing import page, page_router
from itbkg_api.site.still import EdgeView, NodeView, draw

router = page_router()

PATH = "/graph"
#: What each column is called.
TITLES = {
    "cause": "First causes",
    "mechanism": "What they led to",
    "event": "Events",
    "finding": "Findings",
    "outcome": "Outcomes",
}
#: How finely classes are told apart, and how many levels below their branch that is.
FINENESS: Mapping[str, int | None] = {"coarse": 1, "finer": 2, "as told": None}
LEAST = 2
#: The numbers of cases that the form offers; what they show of all cases is laid out once.
OFFERED = (1, 2, 3, 5, 10)
#: So many ids stand in one parameter: a value has at most 1000 characters.
CHUNK = 30
#: What these write does not depend on what is chosen.
_SAME = ("jsonld-context", "jsonld-frame")

Pairs = list[tuple[str, str]]
Fineness = Annotated[Literal["coarse", "finer", "as told"], Query()]
WithFindings = Annotated[Literal["yes", "no"], Query()]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A node beside a chosen one: how they are linked, in how many cases, and where a choice of it or both leads."""

    words: str
    label: str
    n: int
    alone: str
    both: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen: the cases that have all of it, `of` those that were looked at."""

    labels: tuple[str, ...]
    cases: tuple[str, ...]
    of: int
    neighbours: tuple[Neighbour, ...]


@router.get(PATH)
def graph(
    request: Request,
    store: StorePart,
    event: str = "",
    fineness: Fineness = "coarse",
    findings: WithFindings = "yes",
    least: Annotated[int, Query(ge=1, le=1000)] = LEAST,
    node: Annotated[list[str] | None, Query()] = None,
    link: Annotated[list[str] | None, Query()] = None,
) -> Response:
    """Show the merged chains; NotFoundError, with names like it, for what is chosen and not there."""
    lay = _laid if event or least not in OFFERED else _laid_once
    shown, placed = lay(store, event, FINENESS[fineness], findings == "yes", least)
    kept = [("event", event), ("fineness", fineness), ("findings", findings), ("least", str(least))]
    walk = _Walk(shown, placed, address(f"{request.scope.get('root_path', '')}{PATH}", kept), node or (), link or ())
    choice = walk.choice()
    columns = [(TITLES[name], name, list(walk.column(name))) for name in COLUMNS]
    edges = list(walk.edges())
    return page(
        request,
        store,
        "graph.html",
        view=shown,
        events=_events(store),
        asked={"event": event, "fineness": fineness, "findings": findings, "least": least},
        fineness=list(FINENESS),
        offered=OFFERED,
        columns=columns,
        edges=edges,
        still=draw([one for _, _, nodes in columns for one in nodes], edges),
        choice=choice,
        whole=walk.base,
        taken=list(_taken(choice.cases if choice else _all(shown))),
        exports=[(name, one.title) for name, one in FORMATS.items() if name not in _SAME],
        sankey=_sankey(request, event, fineness, least),
    )


def _laid(store: Store, event: str, depth: int | None, findings: bool, least: int) -> tuple[View, tuple[Placed, ...]]:
    """Merge the chains of the cases with an event, or of all, and place them."""
    chosen = choose_cases(store, Wanted({"event": [event]})).rows if event else None
    shown = show(store, "chains", Asked(chosen, depth=depth, findings=findings, least=least))
    return shown, place(shown)


_laid_once = once(_laid)


class _Walk:
    """Knows the nodes and links of a view by name, and the addresses that choose them."""

    def __init__(
        self, view: View, placed: Sequence[Placed], base: str, nodes: Iterable[str], links: Iterable[str]
    ) -> None:
        self.base = base
        self._view = view
        self._placed = placed
        self._nodes = {_name(node.iri): node for node in view.nodes}
        self._edges = {_link_name(edge): edge for edge in view.edges}
        self._chosen = [_known("node of the graph", name, self._nodes) for name in dict.fromkeys(nodes)]
        self._linked = [_known("link of the graph", name, self._edges) for name in dict.fromkeys(links)]

    def column(self, name: str) -> Iterator[NodeView]:
        """Yield the nodes of a column, from top to bottom."""
        for placed in self._placed:
            if placed.column == name:
                own = _name(placed.node.iri)
                chosen = own in self._chosen
                yield NodeView(placed, own, chosen, self.base if chosen else self._at([own]))

    def edges(self) -> Iterator[EdgeView]:
        """Yield the links, what most cases tell first."""
        for name, edge in self._edges.items():
            chosen = name in self._linked
            yield EdgeView(edge, name, chosen, self.base if chosen else self._at([], [name]))

    def choice(self) -> Choice | None:
        """Return what is chosen; None where nothing is."""
        parts: list[Node | Edge] = [self._nodes[name] for name in self._chosen]
        parts += [self._edges[name] for name in self._linked]
        if not parts:
            return None
        common = set(parts[0].cases).intersection(*(part.cases for part in parts))
        cases = tuple(case for case in parts[0].cases if case in common)
        return Choice(
            tuple(map(_label, parts)), cases, self._view.of, tuple(sorted(self._neighbours(common), key=_order))
        )

    def _neighbours(self, common: set[str]) -> Iterator[Neighbour]:
        """Yield what the chosen nodes are linked with, with the number of the chosen cases that tell the link."""
        for edge in self._view.edges:
            for mine, other, words in (
                (edge.source, edge.target, edge.relation),
                (edge.target, edge.source, _back(edge.relation)),
            ):
                n = len(common.intersection(edge.cases))
                if n and _name(mine) in self._chosen and _name(other) not in self._chosen:
                    both = self._at([*self._chosen, _name(other)], self._linked)
                    yield Neighbour(words, self._nodes[_name(other)].label, n, self._at([_name(other)]), both)

    def _at(self, nodes: Sequence[str], links: Sequence[str] = ()) -> str:
        more: Pairs = [*(("node", name) for name in nodes), *(("link", name) for name in links)]
        return f"{self.base}&{address('', more)[1:]}"


def _order(one: Neighbour) -> tuple[int, str, str]:
    return -one.n, one.label, one.words


def _known(kind: str, name: str, known: Iterable[str]) -> str:
    names = list(known)
    if name not in names:
        raise NotFoundError(kind, name, get_close_matches(name, names, n=3, cutoff=0.5))
    return name


def _name(iri: str) -> str:
    return iri.rsplit("/", 1)[1]


def _link_name(edge: Edge) -> str:
    return f"{_name(edge.source)}~{_name(edge.target)}"


def _label(part: Node | Edge) -> str:
    return part.label if isinstance(part, Node) else f"{part.source_label} {part.relation} {part.target_label}"


def _back(relation: str) -> str:
    return {"led to": "after", "showed": "of", "ended in": "ended"}[relation]


def _all(view: View) -> tuple[str, ...]:
    return tuple(dict.fromkeys(case for node in view.nodes for case in node.cases))


def _taken(cases: Sequence[str]) -> Iterator[str]:
    """Write ids for the parameters of an export, some to each."""
    return (",".join(cases[start : start + CHUNK]) for start in range(0, len(cases), CHUNK))


def _sankey(request: Request, event: str, fineness: str, least: int) -> str:
    depth = FINENESS[fineness]
    asked = [("event", event), ("depth", str(depth or "")), ("least", str(least))]
    return address(f"{request.scope.get('root_path', '')}{API}/charts/network/chains", asked)


@once
def _events(store: Store) -> tuple[tuple[str, int], ...]:
    """List the events that any case has, with their numbers, what most have first."""
    column, labels = case_index(store).column("event"), labels_of(store, find_field("event"))
    counts = [(labels[term], len(column.present(term))) for term in column.terms if term in labels]
    return tuple(sorted(counts, key=lambda one: (-one[1], one[0])))
