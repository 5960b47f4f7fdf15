"""What this service is, and that it lives."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

import itbkg
from itbkg.summary import Standing, case_reports
from itbkg_api.addresses import API, RELEASE
from itbkg_api.caching import release, tagged
from itbkg_api.parts import StorePart
from itbkg_api.problems import problem

#: What says that the service lives stands where whoever runs it looks for it, in every version of the API.
health_router = APIRouter(tags=["service"])
router = APIRouter(tags=["service"])

#: How it is now is not how it will be.
_NOW = {"Cache-Control": "no-store"}
_KEPT: dict[int | str, dict[str, Any]] = {304: {"description": "the client has it already"}}


@dataclass(frozen=True, slots=True)
class Health:
    """`ok`."""

    status: str


@dataclass(frozen=True, slots=True)
class Readiness:
    """`ready`, that the graph was verified, and that the workers are there."""

    status: str
    graph_verified: bool
    workers_open: bool


@dataclass(frozen=True, slots=True)
class Version:
    """The versions of software, API and dataset, and the address below which answers stay as they are.

    Digest and address are empty where the graph is served from elsewhere.
    """

    itbkg: str
    api: str
    dataset_sha256: str
    release: str


@dataclass(frozen=True, slots=True)
class DatasetInfo:
    """What is served, with counts and digest."""

    sha256: str
    publications: int
    cases: int
    triples: int
    case_reports: Standing


@dataclass(frozen=True, slots=True)
class ServiceInfo:
    """What GA4GH service-info 1.0 tells of a service, and its dataset."""

    id: str
    name: str
    type: Mapping[str, str]
    description: str
    organization: Mapping[str, str]
    version: str
    dataset: DatasetInfo


@health_router.get("/health", response_model=Health)
async def health(response: Response) -> Health:
    """Say that the service answers; its graph was verified before it began to listen."""
    response.headers.update(_NOW)
    return Health("ok")


@health_router.get("/health/live", response_model=Health)
async def live(response: Response) -> Health:
    """Say that the process answers; who watches it starts it anew where it does not."""
    response.headers.update(_NOW)
    return Health("ok")


@health_router.get(
    "/health/ready",
    responses={
        200: {"model": Readiness},
        503: {"description": "not ready", "content": {"application/problem+json": {}}},
    },
    response_model=None,
)
async def ready(request: Request) -> Response:
    """Say whether queries can be answered: the graph was verified when it was opened, and there are workers.

    No query is asked for it, so that it answers at once under any load. A graph behind another endpoint has nothing to
    verify it by.
    """
    app = request.app.state
    state = Readiness("ready", bool(app.store.manifest.digest), app.backend.is_open)
    if not state.workers_open:
        return problem("not-ready", "there are no workers to answer queries", {"Retry-After": "5"})
    answer = _json(state)
    answer.headers.update(_NOW)
    return answer


@router.get("/version", responses={200: {"model": Version}, **_KEPT}, response_model=None)
def version(request: Request, store: StorePart) -> Response:
    """Name the versions of the software, the API and the dataset."""
    name = release(store)
    told = Version(itbkg.__version__, API[-2:], store.manifest.digest, f"{RELEASE}{name}{API}" if name else "")
    return tagged(request, store, "version", _json(told))


@router.get("/service-info", responses={200: {"model": ServiceInfo}, **_KEPT}, response_model=None)
def service_info(request: Request, store: StorePart) -> Response:
    """Describe the service as GA4GH service-info 1.0 does, with the counts and digest of the graph it serves.

    `case_reports` says how far the publications with cases were checked, and what became of them.
    """
    manifest = store.manifest
    dataset = DatasetInfo(manifest.digest, manifest.publications, manifest.cases, manifest.triples, case_reports(store))
    info = ServiceInfo(
        id="org.w3id.itbkg",
        name="itbkg",
        type={"group": "org.w3id.itbkg", "artifact": "itbkg", "version": itbkg.__version__},
        description="Published cases of intrathecal baclofen therapy going wrong. For research and teaching, "
        "not for treatment decisions.",
        organization={"name": "itbkg", "url": "https://w3id.org/itbkg/"},
        version=itbkg.__version__,
        dataset=dataset,
    )
    return tagged(request, store, "service-info", _json(info))


def _json(told: Version | ServiceInfo | Readiness) -> Response:
    return JSONResponse(asdict(told))
