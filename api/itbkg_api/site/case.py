"""The page of one case: its story, its course, what caused it, and what was advised beside what was done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fastapi import Request, Response

from itbkg.cases import CaseAccount, Entry, Reference, tell_case
from itbkg.cases.citing import to_bibtex, to_csl, to_ris
from itbkg.cases.readable import readable_time
from itbkg.cases.wording import cited, entry_text, patient_text, therapy_text
from itbkg.exports import FORMATS
from itbkg.guidance import beside_guidance
from itbkg.network.similar import similar_cases
from itbkg_api.addresses import API
from itbkg_api.cases import SUFFIXES
from itbkg_api.parts import StorePart
from itbkg_api.site.facets import address
from itbkg_api.site.routing import page, page_router
from itbkg_api.site.teach import FolderPart

router = page_router()

#: How many similar cases are named, and how many classes of each list are told of them.
ALIKE, TOLD = 5, 6
#: The formats that one case is most asked for in; the others follow.
USUAL = ("phenopackets", "fhir", "jsonld-tree", "turtle", "graphml", "csv")
#: What these write does not depend on what is chosen.
SAME = ("jsonld-context", "jsonld-frame")


@dataclass(frozen=True, slots=True)
class Line:
    """One statement of the course: when, of what kind, in words, and where in the report."""

    when: str
    kind: str
    label: str
    text: str
    place: str


@router.get("/cases/{publication}/{case}")
def one_case(publication: str, case: str, request: Request, store: StorePart, folder: FolderPart) -> Response:
    """Tell one case whole; NotFoundError, with the nearest ids, where there is none of that name."""
    told = tell_case(store, f"{publication}/{case}")
    root = str(request.scope.get("root_path", ""))
    alike = similar_cases(store, told.id, limit=ALIKE)
    return page(
        request,
        store,
        "case.html",
        case=told,
        patient=patient_text(told.patient),
        therapy=therapy_text(told.therapy),
        course=_lines(told.course),
        implied=[(readable_time(one.earliest_hours, one.latest_hours, one.hospital_day), one) for one in told.implied],
        outcomes=_lines(told.outcomes),
        chains=_chains(told),
        citation=cited(told.reference),
        source=_source(told.reference),
        beside=beside_guidance(store, told.id),
        alike=alike,
        most=TOLD,
        references=[
            ("BibTeX", "bibtex", to_bibtex(told.reference)),
            ("RIS", "ris", to_ris(told.reference)),
            ("CSL-JSON", "csl", to_csl(told.reference)),
        ],
        exports=list(_exports(root, told.id)),
        lesson=_lesson(folder, told.id),
        timeline=f"{root}{API}/charts/timeline/{told.id}",
        downloads=[(suffix, f"{API}/cases/{told.id}{suffix}") for suffix in SUFFIXES],
    )


def _exports(root: str, case: str) -> Iterator[tuple[str, str]]:
    """Yield every format in which the case can be taken, by its title, and where."""
    for name in (*USUAL, *(name for name in FORMATS if name not in (*USUAL, *SAME))):
        yield FORMATS[name].title, address(f"{root}{API}/exports/{name}", [("cases", case)])


def _lesson(folder: Path, case: str) -> str:
    """Name the teaching case that is made of a case; empty where there is none."""
    name = case.replace("/", "-")
    return name if (folder / f"{name}.yaml").is_file() else ""


def _lines(entries: Sequence[Entry]) -> list[Line]:
    """Tell entries in their order; what an investigation shows stands with it and not by itself."""
    shown = {(entry.order, label) for entry in entries for label in entry.shows}
    return [
        Line(
            readable_time(one.earliest_hours, one.latest_hours, one.hospital_day),
            one.kind,
            one.label,
            entry_text(one),
            one.place,
        )
        for one in entries
        if one.kind not in ("finding", "absent") or (one.order, one.label) not in shown
    ]


def _chains(told: CaseAccount) -> list[tuple[str, ...]]:
    """Return the ways to the event that have a link between."""
    return [path for path in told.causal_paths if len(path) > 2]  # noqa: PLR2004 - a cause and the event


def _source(reference: Reference) -> list[tuple[str, str]]:
    """Say where a publication is found: text and address."""
    return list(_found(reference))


def _found(reference: Reference) -> Iterator[tuple[str, str]]:
    if reference.doi:
        yield f"doi:{reference.doi}", f"https://doi.org/{reference.doi}"
    elif reference.address:
        yield reference.address, reference.address
    if reference.pmid:
        yield f"PMID {reference.pmid}", f"https://pubmed.ncbi.nlm.nih.gov/{reference.pmid}/"
    if reference.pmcid:
        yield reference.pmcid, f"https://www.ncbi.nlm.nih.gov/pmc/articles/{reference.pmcid}/"
