"""Charts as Vega-Lite specifications: one case on a time axis, a table of links, a network, times to an event."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from itbkg.cases import tell_case
from itbkg.charts import Chart
from itbkg.charts.of_links import find_link_chart
from itbkg.charts.of_network import network_chart
from itbkg.charts.of_times import times_chart
from itbkg.charts.style import WIDTHS
from itbkg.charts.timeline import timeline
from itbkg.network.views import find_view
from itbkg.store import Store
from itbkg.timing import measure_times
from itbkg_api.caching import tagged
from itbkg_api.counted import counted
from itbkg_api.links import WishPart
from itbkg_api.lists import PROBLEM
from itbkg_api.measures import GroupPart
from itbkg_api.networks import NetworkPart
from itbkg_api.parts import StorePart
from itbkg_api.wanted import ChosenPart

router = APIRouter(prefix="/charts", tags=["charts"])

_DRAWN: dict[int | str, dict[str, Any]] = {
    200: {"description": "a Vega-Lite specification with its data", "content": {"application/json": {}}},
    304: {"description": "the client has it already"},
    400: {"description": "a parameter that there is not, or what it does not take; `parameter` names it", **PROBLEM},
    404: {"description": "a name or word that is not known; `nearest` names those like it", **PROBLEM},
}
WidthPart = Annotated[
    int, Query(ge=WIDTHS[0], le=WIDTHS[1], description="Width in pixels; under 600 it is laid out for a phone.")
]
#: Where nothing else is asked.
WIDTH = 900


@router.get("/timeline/{publication}/{case}", responses=_DRAWN, response_model=None)
def timeline_chart(
    publication: str, case: str, request: Request, store: StorePart, width: WidthPart = WIDTH
) -> Response:
    """Draw a case: causes, findings, measurements, treatments and outcomes on one axis; `/cases/...` has the table."""
    return _drawn(request, store, timeline(tell_case(store, f"{publication}/{case}"), width))


@router.get("/links/{kind}", responses=_DRAWN, response_model=None)
def links_chart(
    kind: str,
    request: Request,
    store: StorePart,
    wish: WishPart,
    width: WidthPart = WIDTH,
) -> Response:
    """Draw a table of links: counts as a `heat` map, or risks as a `forest` plot; `/links` has the table."""
    draw = find_link_chart(kind)
    found = counted(store, wish.rows, wish.columns, wish.where)
    return _drawn(request, store, draw(found.table, width))


@router.get("/network/{view}", responses=_DRAWN, response_model=None)
def view_chart(
    view: str,
    request: Request,
    store: StorePart,
    wanted: NetworkPart,
    width: WidthPart = WIDTH,
) -> Response:
    """Draw a network: `chains` as flows from cause to outcome, `co-occurrence` as a heat map, `cases` as sets."""
    return _drawn(request, store, network_chart(store, find_view(view), wanted, width))


@router.get("/times/{span}", responses=_DRAWN, response_model=None)
def span_chart(
    span: str, request: Request, store: StorePart, chosen: ChosenPart, by: GroupPart = "", width: WidthPart = WIDTH
) -> Response:
    """Draw times to an event as Kaplan-Meier curves with numbers at risk; `/times/{span}` has the table."""
    return _drawn(request, store, times_chart(measure_times(store, span, by, chosen.rows), width=width))


def _drawn(request: Request, store: Store, chart: Chart[Any]) -> Response:
    return tagged(request, store, "chart", JSONResponse(chart.spec))
