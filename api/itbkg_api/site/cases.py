"""The page of the cases: narrowed by facets, the state in the address."""

from typing import Annotated

from fastapi import Query, Request, Response

from itbkg.cases import Condition, choose_cases
from itbkg_api.addresses import API, see
from itbkg_api.cases import SortPart
from itbkg_api.glossary import GlossaryPart
from itbkg_api.parts import StorePart
from itbkg_api.site.defined import GATHERED
from itbkg_api.site.facets import address, facet_views, toggled
from itbkg_api.site.routing import page, page_router
from itbkg_api.wanted import CHOOSING, WantedPart

router = page_router()

PATH = "/cases"
#: How many cases stand on a page.
LENGTH = 25


@router.get(PATH)
def cases(
    request: Request,
    store: StorePart,
    glossary: GlossaryPart,
    wanted: WantedPart,
    sort: SortPart = "id",
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> Response:
    """List the cases that fulfil all conditions, with the facets by which they can be narrowed."""
    asked = request.query_params.multi_items()
    root = str(request.scope.get("root_path", ""))
    if not all(text for _, text in asked):  # a form sends its empty fields too
        return see(request, PATH, address("", asked))
    chosen = choose_cases(store, wanted, sort)
    conditions = [(name, text) for name, text in asked if name in CHOOSING and text]
    return page(
        request,
        store,
        "cases.html",
        chosen=chosen.page(offset, LENGTH),
        last=min(offset + LENGTH, chosen.total),
        facets=list(facet_views(store, glossary, chosen, asked, root + PATH)),
        conditions=[(name, text, address(root + PATH, toggled(asked, (name, text)))) for name, text in conditions],
        turns=_turns(root + PATH, asked, chosen.total, offset),
        downloads=[(form, address(f"{root}{API}/cases.{form}", conditions)) for form in ("json", "csv", "tsv")],
        asked=dict(asked),
        kept=[(name, text) for name, text in conditions if name not in ("text", "year")],
        sort=sort,
        again=GATHERED,
        nearest=[(one, _alone(root + PATH, asked, one)) for one in chosen.conditions] if not chosen.total else [],
    )


def _alone(path: str, asked: list[tuple[str, str]], condition: Condition) -> str:
    """Write the address of the cases that fulfil one condition."""
    return address(path, [pair for pair in asked if pair[0] == condition.name])


def _turns(path: str, asked: list[tuple[str, str]], total: int, offset: int) -> list[tuple[str, str, str]]:
    """List the ways on from this part of the list: words, relation and address."""
    rest = [(name, text) for name, text in asked if name != "offset"]
    ways = [("Earlier", "prev", offset - LENGTH), ("More", "next", offset + LENGTH)]
    there = [(words, relation, start) for words, relation, start in ways if -LENGTH < start < total and start != offset]
    return [(words, relation, _at(path, rest, max(start, 0))) for words, relation, start in there]


def _at(path: str, asked: list[tuple[str, str]], start: int) -> str:
    base = address(path, asked)
    if not start:
        return base
    return f"{base}{'&' if '?' in base else '?'}offset={start}"
