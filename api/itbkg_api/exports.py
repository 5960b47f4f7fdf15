"""The exports: what there is, and each as a download, the whole graph or a part of it."""

import hashlib
import tempfile
import threading
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Annotated, Any, BinaryIO

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse
from starlette.concurrency import run_in_threadpool

from itbkg.exports import (
    FORMATS,
    TABLE,
    Choice,
    FileFormat,
    FolderFormat,
    Losses,
    Selection,
    choose,
    find_format,
    loss_document,
    select_triples,
    write_one_file,
)
from itbkg.store import Store
from itbkg_api.addresses import API
from itbkg_api.caching import entity_tag, has_already, not_modified, tagged
from itbkg_api.lists import PROBLEM, link_header
from itbkg_api.parts import StorePart
from itbkg_api.wanted import WantedPart, WherePart
from itbkg_api.workers import Asked, BusyError

router = APIRouter(tags=["exports"])

#: So many exports are written at once, and so many seconds one waits for its turn: each keeps a core at work.
AT_ONCE, PATIENCE = 2, 20
_TURNS = threading.BoundedSemaphore(AT_ONCE)
#: So many bytes are sent at a time.
_CHUNK = 65_536
#: The address below which each product lies.
_PLACES: Mapping[str, str] = {"graph": f"{API}/exports/{{name}}", "ontology": f"{API}/ontology{{ending}}"}

_CHOSEN: dict[int | str, dict[str, Any]] = {
    304: {"description": "the client has it already"},
    400: {"description": "a parameter that there is not, or what it or the format does not take", **PROBLEM},
    404: {"description": "no such format, case or word, or no case fulfils all conditions", **PROBLEM},
    503: {"description": "other exports are being written, or a limit on queries was met", **PROBLEM},
}
_GIVEN: dict[int | str, dict[str, Any]] = _CHOSEN | {
    200: {
        "content": {media_type: {} for media_type in sorted({one.media_type for one in FORMATS.values()})},
        "headers": {"Link": {"description": "where the loss statement is (describedby)", "schema": {"type": "string"}}},
    }
}

CasesPart = Annotated[list[str] | None, Query(description="Ids of cases; commas between several, or given again.")]
ConstructPart = Annotated[str, Query(description="A CONSTRUCT or DESCRIBE query, for the RDF and graph formats.")]


def _choice(
    wanted: WantedPart, cases: CasesPart = None, where: WherePart = "", construct: ConstructPart = ""
) -> Choice:
    ids = [name.strip() for given in cases or [] for name in given.split(",")]
    return Choice(ids, wanted, where, construct)


ChoicePart = Annotated[Choice, Depends(_choice)]


@dataclass(frozen=True, slots=True)
class ExportForm:
    """One form of an export, and where it is. `profile` is full or simple where a format has both."""

    name: str
    title: str
    media_type: str
    endings: tuple[str, ...]
    profile: str
    address: str


@dataclass(frozen=True, slots=True)
class Export:
    """Something that can be taken, in each of its forms."""

    name: str
    forms: tuple[ExportForm, ...]


@dataclass(frozen=True, slots=True)
class ExportList:
    """All that can be taken."""

    total: int
    exports: tuple[Export, ...]


@dataclass(frozen=True, slots=True)
class LossCount:
    """Something that a format cannot hold, and how many of it there are."""

    what: str
    count: int


@dataclass(frozen=True, slots=True)
class LossStatement:
    """What an export of so many cases leaves out; empty where nothing is lost."""

    format: str
    cases: int
    losses: tuple[LossCount, ...]


@router.get(
    "/exports",
    responses={200: {"model": ExportList}, 304: {"description": "the client has it already"}},
    response_model=None,
)
def exports(request: Request, store: StorePart) -> Response:
    """List what can be taken, in which forms, and where: the graph, whole or in part, and the ontology."""
    root = request.scope.get("root_path", "")
    listed = tuple(Export(product, tuple(_forms(product, root))) for product in _PLACES)
    return tagged(request, store, "exports", JSONResponse(asdict(ExportList(len(listed), listed))))


@router.get("/exports/{name}", responses=_GIVEN, response_model=None)
async def export(
    name: str,
    request: Request,
    store: StorePart,
    choice: ChoicePart,
) -> Response:
    """Download the graph in a format: all of it, the cases chosen as in `/cases`, or the triples of a CONSTRUCT.

    A part brings along the publications of its cases, what was inferred of them and the words they use. What the format
    cannot hold is said where the `Link` header with `rel="describedby"` leads. Several files come as a zip.
    """
    headers = _headers(request, store, name)
    if has_already(request, headers.get("ETag", "")):
        return not_modified(headers)
    selection = await _select(request, store, choice)
    file = await run_in_threadpool(_write, name, selection)
    headers["Content-Length"] = str(file.tell())
    return StreamingResponse(_read(file), media_type=find_format(name).media_type, headers=headers)


@router.get("/exports/{name}/losses", responses=_CHOSEN | {200: {"model": LossStatement}}, response_model=None)
async def losses(
    name: str,
    request: Request,
    store: StorePart,
    choice: ChoicePart,
) -> Response:
    """Say what a format cannot hold of what is chosen, with counts."""
    find_format(name)
    selection = await _select(request, store, choice)
    told = tuple(LossCount(**one) for one in loss_document(await run_in_threadpool(_lose, name, selection)))
    statement = LossStatement(name, len(selection.cases), told)
    return tagged(request, store, f"losses-{name}-{_asked(request)}", JSONResponse(asdict(statement)))


def _forms(product: str, root: str) -> Iterator[ExportForm]:
    for row in TABLE:
        if row.product == product:
            address = root + _PLACES[product].format(name=row.name, ending=row.endings[0])
            yield ExportForm(row.name, row.title, row.media_type, row.endings, row.profile, address)


def _headers(request: Request, store: Store, name: str) -> dict[str, str]:
    """Return the headers of a download; ExportFormatError where there is no such format."""
    chosen = find_format(name)
    query = f"?{request.url.query}" if request.url.query else ""
    tag = entity_tag(store, f"export-{name}-{_asked(request)}")
    told = {
        "Cache-Control": "no-cache",
        "Content-Disposition": f'attachment; filename="itbkg{"-part" if query else ""}{_ending(chosen)}"',
    }
    return told | ({"ETag": tag} if tag else {}) | link_header({"describedby": f"{request.url.path}/losses{query}"})


def _ending(chosen: FileFormat | FolderFormat) -> str:
    return f"-{chosen.name}{chosen.ending}" if isinstance(chosen, FolderFormat) else chosen.ending


def _asked(request: Request) -> str:
    """Name what is asked for, whatever the order of the parameters."""
    return hashlib.sha256(repr(sorted(request.query_params.multi_items())).encode()).hexdigest()[:16]


async def _select(request: Request, store: Store, choice: Choice) -> Selection:
    """Select off the event loop; the query of a stranger runs within limits, like any at /sparql."""
    choice.check(store)
    if not choice.construct:
        return await run_in_threadpool(choose, store, choice)
    triples: bytes = await request.app.state.backend.answer(Asked(choice.construct, "ntriples"))
    return await run_in_threadpool(select_triples, store, triples)


def _write(name: str, selection: Selection) -> BinaryIO:
    """Write an export to a file that has no name and goes with its last reader; BusyError where others are at work."""
    file: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115 - who reads it closes it
    try:
        _lose(name, selection, file)
    except BaseException:
        file.close()
        raise
    return file


def _lose(name: str, selection: Selection, file: BinaryIO | None = None) -> Losses:
    if not _TURNS.acquire(timeout=PATIENCE):
        raise BusyError(f"{AT_ONCE} exports are being written already")
    try:
        if file is not None:
            return write_one_file(find_format(name), selection, file)
        with tempfile.TemporaryFile() as nowhere:
            return write_one_file(find_format(name), selection, nowhere)
    finally:
        _TURNS.release()


def _read(file: BinaryIO) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while chunk := file.read(_CHUNK):
            yield chunk
