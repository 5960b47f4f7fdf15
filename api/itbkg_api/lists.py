"""Lists: the form that a client asks for, entity tag, and the ways to the pages before and after (RFC 8288)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import urlencode

from fastapi import Depends, Query, Request, Response
from fastapi.responses import JSONResponse

from itbkg.errors import NotFoundError
from itbkg.sheet import Cell, to_csv, to_tsv
from itbkg.store import Store
from itbkg_api.caching import tagged
from itbkg_api.negotiation import choose
from itbkg_api.parts import AcceptPart, StorePart

ListFormat = Literal["json", "csv", "tsv"]
Row = TypeVar("Row")

#: The forms of a list by media type, the usual one first, and the suffix of each.
FORMATS: Mapping[str, ListFormat] = {
    "application/json": "json",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
ENDINGS: Mapping[str, str] = {form: media_type for media_type, form in FORMATS.items()}

PROBLEM: dict[str, Any] = {"content": {"application/problem+json": {}}}
RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {media_type: {} for media_type in FORMATS},
        "headers": {"Link": {"description": "first, prev and next page", "schema": {"type": "string"}}},
    },
    304: {"description": "the client has it already"},
    400: {"description": "a parameter that there is not, or what it does not take; `parameter` names it", **PROBLEM},
    404: {"description": "a word that is not known; `nearest` names those like it", **PROBLEM},
    406: {"description": "none of the forms is acceptable", **PROBLEM},
}

LimitPart = Annotated[int, Query(ge=1, le=10_000, description="How many at most.")]
OffsetPart = Annotated[int, Query(ge=0, le=1_000_000, description="How many to pass over.")]
LIMIT = 1_000


@dataclass(frozen=True, slots=True)
class Asked:
    """The form in which a list is asked for; `varies` says that Accept chose it."""

    media_type: str
    form: ListFormat
    varies: bool


@dataclass(frozen=True, slots=True)
class Content:
    """What a list holds: a dataclass for JSON, and the cells for CSV and TSV."""

    document: Any
    columns: Sequence[str]
    cells: Iterable[Sequence[Cell]]


def by_accept(accept: str | None) -> Asked:
    """Choose the form by Accept; HTTPException 406 or 400 as `choose` raises it."""
    media_type, form = choose(accept, FORMATS)
    return Asked(media_type, form, varies=True)


def by_ending(ending: str) -> Asked:
    """Choose the form by suffix; NotFoundError, naming all, for one that there is not."""
    if ending not in ENDINGS:
        raise NotFoundError("form of a list", f".{ending}", [f".{known}" for known in ENDINGS])
    return Asked(ENDINGS[ending], FORMATS[ENDINGS[ending]], varies=False)


@dataclass(frozen=True, slots=True)
class Listing:
    """With what a list is asked for: the form, and which part of it, `limit` rows from `offset` on."""

    request: Request
    store: Store
    asked: Asked
    limit: int
    offset: int

    def part(self, rows: Sequence[Row]) -> tuple[Row, ...]:
        """Return the rows that are asked for."""
        return tuple(rows[self.offset : self.offset + self.limit])

    def answer(self, content: Content, total: int) -> Response:
        """Give the part in its form, with the ways to the parts before and after it, of `total` rows in all."""
        links = page_links(self.request, total, self.limit, self.offset)
        return answer(self.request, self.store, self.asked, content, links)


def _by_accept(
    request: Request, store: StorePart, limit: LimitPart = LIMIT, offset: OffsetPart = 0, accept: AcceptPart = None
) -> Listing:
    return Listing(request, store, by_accept(accept), limit, offset)


def _by_ending(
    ending: str, request: Request, store: StorePart, limit: LimitPart = LIMIT, offset: OffsetPart = 0
) -> Listing:
    return Listing(request, store, by_ending(ending), limit, offset)


#: A list by Accept, and one by the `{ending}` of its address.
ListingPart = Annotated[Listing, Depends(_by_accept)]
FilePart = Annotated[Listing, Depends(_by_ending)]


def by_name(text: str, accept: str | None) -> tuple[str, Asked]:
    """Part a name from its suffix, if it has one, and choose the form by that or by Accept; raises what both raise."""
    name, dot, ending = text.partition(".")
    return name, by_ending(ending) if dot else by_accept(accept)


def answer(
    request: Request, store: Store, asked: Asked, content: Content, links: Mapping[str, str] | None = None
) -> Response:
    """Give a list in the form that is asked for, or say that the client has it."""
    headers = ({"Vary": "Accept"} if asked.varies else {}) | link_header(links or {})
    return tagged(request, store, asked.form, _write(asked, content), headers)


def link_header(links: Mapping[str, str]) -> dict[str, str]:
    """Write the ways to other pages as a header; none where there are none."""
    return {"Link": ", ".join(f'<{to}>; rel="{relation}"' for relation, to in links.items())} if links else {}


def _write(asked: Asked, content: Content) -> Response:
    if asked.form == "json":
        return JSONResponse(asdict(content.document))
    write = to_csv if asked.form == "csv" else to_tsv
    return Response(write(content.columns, content.cells), media_type=asked.media_type)


def page_links(request: Request, total: int, limit: int, offset: int) -> dict[str, str]:
    """Name the first page, and those before and after this one where there are any."""
    offsets = {"first": 0}
    if offset > 0:
        offsets["prev"] = max(offset - limit, 0)
    if offset + limit < total:
        offsets["next"] = offset + limit
    asked = [(name, text) for name, text in request.query_params.multi_items() if name not in ("limit", "offset")]
    return {
        relation: f"{request.url.path}?{urlencode([*asked, ('limit', limit), ('offset', start)])}"
        for relation, start in offsets.items()
    }
