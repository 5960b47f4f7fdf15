"""Where the graph's own IRIs lead: https://w3id.org/itbkg/ redirects to /id/, and that to what tells of the thing.

A thing and what is told of it are two, hence 303 (https://www.w3.org/TR/cooluris/): a page for who would have HTML, the
API for any other client, which sends its Accept again.
What has no address of its own leads to all that the graph says of it.
"""

import re
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Request, Response

from itbkg.namespaces import BASE, ITB
from itbkg.store import Store
from itbkg_api.addresses import API, path_within, see
from itbkg_api.parts import StorePart
from itbkg_api.site.leading import page_of_iri
from itbkg_api.site.routing import wants_html
from itbkg_api.sparql.routes import PATH, VOID_PATH

router = APIRouter(tags=["identifiers"])

_LEADS: dict[int | str, dict[str, Any]] = {
    303: {"description": "`Location` tells of what the IRI names"},
    404: {"description": "no IRI of the graph begins so", "content": {"application/problem+json": {}}},
}
#: An address, and what is asked there.
Place = tuple[str, str]
#: What can stand in an IRI of ours: nothing of it ends an IRI in a query.
_NAME = re.compile(r"[A-Za-z0-9._~:/-]+")
_TELLS = """PREFIX itb: <https://w3id.org/itbkg/ont/>
SELECT DISTINCT ?publication ?kind WHERE {
  VALUES ?kind { itb:Case itb:PublishedObservation }
  ?told itb:reportedIn ?publication ; a ?kind .
} ORDER BY ?kind"""


def place_of(store: Store, path: str) -> Place | None:
    """Say where an IRI of ours leads, given what follows https://w3id.org/itbkg/; None where nothing is named so."""
    kind, _, name = path.partition("/")
    lead = _KINDS.get(kind)
    return lead(store, name) if lead else None


def _ontology(store: Store, name: str) -> Place | None:
    del store
    if not name:
        return f"{API}/ontology", ""
    return None if "/" in name else (f"{API}/terms/{name}", "")


def _unit(store: Store, name: str) -> Place | None:
    del store
    return None if "/" in name or not name else (f"{API}/terms/unit:{name}", "")


def _case(store: Store, name: str) -> Place | None:
    """Lead to the case, also from anything within it: the case tells of it."""
    del store
    publication, _, rest = name.partition("/")
    return (f"{API}/cases/{publication}/{rest.partition('/')[0]}", "") if rest else None


def _publication(store: Store, name: str) -> Place | None:
    """Lead to the publication, also from a place in it; one that tells no case leads to its numbers, if it has any."""
    stem = name.partition("/")[0].removesuffix(".json")
    if not _is_named(store, f"publication/{stem}"):
        return None
    told = [kind for _, kind in store.select(_TELLS, publication=f"{BASE}publication/{stem}").texts()]
    if str(ITB.Case) in told:
        return f"{API}/publications/{name.partition('/')[0]}", ""
    return (f"{API}/published", urlencode({"source": stem})) if told else _said(f"publication/{stem}")


def _guidance(store: Store, name: str) -> Place | None:
    """Lead to the document, also from a statement in it."""
    del store
    return (f"{API}/guidance/{name.partition('/')[0]}", "") if name else None


def _published(store: Store, name: str) -> Place | None:
    del store
    return (f"{API}/published/{name}", "") if name.count("/") == 1 else None


def _graph(store: Store, name: str) -> Place | None:
    """Lead to all that stands in a named graph."""
    if not _is_named(store, f"graph/{name}"):
        return None
    return PATH, urlencode({"query": f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{BASE}graph/{name}> {{ ?s ?p ?o }} }}"})


def _other(kind: str) -> Callable[[Store, str], Place | None]:
    return lambda store, name: _said(f"{kind}/{name}") if _is_named(store, f"{kind}/{name}") else None


def _said(path: str) -> Place:
    """Lead to all that the graph says of a thing, and says with it of others."""
    iri = f"<{BASE}{path}>"
    ways = f"{{ BIND({iri} AS ?s) ?s ?p ?o }} UNION {{ BIND({iri} AS ?o) ?s ?p ?o }}"
    return PATH, urlencode({"query": f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {ways} }}"})


_KINDS: Mapping[str, Callable[[Store, str], Place | None]] = {
    "ont": _ontology,
    "unit": _unit,
    "case": _case,
    "publication": _publication,
    "guidance": _guidance,
    "published": _published,
    "graph": _graph,
    "dataset": lambda _, name: None if name else (VOID_PATH, ""),
    **{kind: _other(kind) for kind in ("cohort", "document", "imdrf")},
}
#: What can be asked for without /id before it: no other address begins so.
_BARE = ("ont", "unit", "case", "publication", "cohort", "document", "graph", "imdrf")
_NAMED = "SELECT ?it WHERE { { ?s ?p ?it } UNION { ?it ?q ?o } UNION { GRAPH ?it { ?a ?b ?c } } } LIMIT 1"


def _is_named(store: Store, path: str) -> bool:
    return _fits(path) and bool(store.select(_NAMED, it=BASE + path).rows)


def _fits(path: str) -> bool:
    return bool(_NAME.fullmatch(path))


@router.get("/id/{path:path}", status_code=HTTPStatus.SEE_OTHER, response_class=Response, responses=_LEADS)
def iri(path: str, request: Request, store: StorePart) -> Response:
    """Lead from the IRI of anything in the graph, by what follows `https://w3id.org/itbkg/`, to what tells of it."""
    place = place_of(store, path)
    if place is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    leads = page_of_iri(f"{BASE}{path}") if wants_html(request.scope) else ""
    address, asked = (leads, "") if leads else place
    return see(request, address, f"?{asked}" if asked else "")


def _bare(request: Request, store: StorePart) -> Response:
    """Lead from an IRI without /id before it."""
    return iri(path_within(request.scope).lstrip("/"), request, store)


for kind in _BARE:
    if kind != "graph":  # there a page stands
        router.add_api_route(f"/{kind}", _bare, include_in_schema=False)
    router.add_api_route(f"/{kind}/{{name:path}}", _bare, include_in_schema=False)
