"""Networks over many cases, and the cases like a case: JSON, CSV or TSV."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from itbkg.network.graph import View
from itbkg.network.held import field_names
from itbkg.network.sheet import EDGE_COLUMNS, NODE_COLUMNS, SIMILAR_COLUMNS, edge_cells, node_cells, similar_cells
from itbkg.network.similar import SimilarCases, similar_cases
from itbkg.network.views import Asked as Network
from itbkg.network.views import find_view, show
from itbkg.store import Store
from itbkg_api.lists import PROBLEM, RESPONSES, Asked, Content, answer, by_accept, by_ending, by_name
from itbkg_api.parts import AcceptPart, StorePart
from itbkg_api.wanted import ChosenPart

router = APIRouter(tags=["network"])

_FORMS: dict[str, Any] = {"content": RESPONSES[200]["content"]}
_SHOWN: dict[int | str, dict[str, Any]] = RESPONSES | {200: _FORMS | {"model": View}}
_SIMILAR: dict[int | str, dict[str, Any]] = RESPONSES | {
    200: _FORMS | {"model": SimilarCases},
    404: {"description": "no such case; `nearest` names those like it", **PROBLEM},
}

FieldsPart = Annotated[
    str,
    Query(description="`event`, `cause`, `finding`, `considered`, `treatment`, `condition`, `outcome`; with commas."),
]
DepthPart = Annotated[int | None, Query(ge=1, le=50, description="Chains: levels below a branch to lift classes to.")]
FindingsPart = Annotated[bool, Query(description="Chains: add what the event showed as.")]
LeastPart = Annotated[int, Query(ge=1, le=1_000_000, description="Leave out links told in fewer cases.")]
NodesPart = Annotated[bool, Query(description="In CSV and TSV: the nodes instead of the links.")]
SimilarLimitPart = Annotated[int, Query(ge=1, le=10_000, description="How many cases at most.")]


def _network(
    chosen: ChosenPart,
    of: FieldsPart = "finding",
    depth: DepthPart = None,
    findings: FindingsPart = False,
    least: LeastPart = 1,
) -> Network:
    return Network(chosen.rows, field_names(of), depth, findings, least)


NetworkPart = Annotated[Network, Depends(_network)]


@router.get("/network/{view}", responses=_SHOWN, response_model=None)
def network(
    view: str,
    request: Request,
    store: StorePart,
    wanted: NetworkPart,
    nodes: NodesPart = False,
    accept: AcceptPart = None,
) -> Response:
    """Show the chosen cases as a network: `chains`, `co-occurrence`, or `cases` with their classes.

    Nodes and links have the ids of the cases behind them and their number, n of N; `warnings` belong beside them. The
    form is chosen by suffix (`.json`, `.csv`, `.tsv`) or by Accept.
    """
    name, asked = by_name(view, accept)
    shown = show(store, find_view(name), wanted)
    table = (NODE_COLUMNS, node_cells(shown)) if nodes else (EDGE_COLUMNS, edge_cells(shown))
    return answer(request, store, asked, Content(shown, *table))


@router.get("/cases/{publication}/{case}/similar", responses=_SIMILAR, response_model=None)
def similar(
    publication: str,
    case: str,
    request: Request,
    store: StorePart,
    by: FieldsPart = "",
    limit: SimilarLimitPart = 10,
    accept: AcceptPart = None,
) -> Response:
    """List the cases like a case, with what both share, what differs and what one of the two does not report.

    `low` and `high` bound the likeness, by what is not reported. JSON, CSV or TSV.
    """
    return _similar(request, store, by_accept(accept), (publication, case, by, limit))


@router.get("/cases/{publication}/{case}/similar.{ending}", responses=_SIMILAR, response_model=None)
def similar_file(
    publication: str,
    case: str,
    ending: str,
    request: Request,
    store: StorePart,
    by: FieldsPart = "",
    limit: SimilarLimitPart = 10,
) -> Response:
    """List the cases like a case by suffix: `.json`, `.csv` or `.tsv`."""
    return _similar(request, store, by_ending(ending), (publication, case, by, limit))


def _similar(request: Request, store: Store, asked: Asked, wanted: tuple[str, str, str, int]) -> Response:
    publication, case, by, limit = wanted
    found = similar_cases(store, f"{publication}/{case}", field_names(by), limit)
    return answer(request, store, asked, Content(found, SIMILAR_COLUMNS, similar_cells(found)))
