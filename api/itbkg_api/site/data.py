"""The page on the data: how to take it along, cite it and add to it, and what its limits are."""

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import Request, Response

from itbkg.exports.release import about
from itbkg.exports.table import TABLE, Row
from itbkg.store import Store
from itbkg.summary import summarize
from itbkg_api.addresses import API
from itbkg_api.caching import release
from itbkg_api.parts import StorePart
from itbkg_api.site.routing import page, page_router

router = page_router()

#: Where the forms of a product are; the others are pages of the documentation.
PLACES = {"graph": f"{API}/exports/{{name}}", "ontology": f"{API}/ontology{{ending}}"}


@dataclass(frozen=True, slots=True)
class Download:
    """A form in which something can be taken: where it is, and where what it cannot hold is said, if anywhere."""

    row: Row
    address: str
    losses: str


@router.get("/data")
def data(request: Request, store: StorePart) -> Response:
    """Show what can be taken, where, under which licence, and what it cannot tell."""
    summary = summarize(store)
    return page(
        request,
        store,
        "data.html",
        summary=summary,
        silent=sorted(summary.not_reported.items(), key=lambda one: (-one[1].n, one[0])),
        manifest=store.manifest,
        downloads={product: list(downloads(product)) for product in PLACES},
        release=release(store),
        about=about,
        citation=citation(store),
    )


def downloads(product: str) -> Iterator[Download]:
    """Yield every form of a product."""
    for row in TABLE:
        if row.product == product:
            there = PLACES[product].format(name=row.name, ending=row.endings[0])
            yield Download(row, there, f"{there}/losses" if product == "graph" else "")


def citation(store: Store) -> str:
    """Write how to cite the dataset, as CITATION.cff of a release has it."""
    named = f" Dataset SHA-256 {store.manifest.digest}." if store.manifest.digest else ""
    return f"{about.CREATOR}. {about.TITLE}. Version {about.VERSION}, {about.RELEASED[:4]}. {about.HOME}{named}"
