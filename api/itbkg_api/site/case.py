"""The page of one case: its story, its course, what caused it, and what was advised beside what was done."""

from collections.abc import Iterator

from fastapi import Request, Response

from itbkg.cases import CaseAccount, Reference, tell_case
from itbkg.cases.citing import to_bibtex, to_csl, to_ris
from itbkg.cases.wording import cited, patient_text, therapy_text
from itbkg.exports import FORMATS
from itbkg.guidance import beside_guidance
from itbkg.network.similar import similar_cases
from itbkg.teaching.library import lesson_name
from itbkg_api.addresses import API
from itbkg_api.cases import SUFFIXES
from itbkg_api.parts import StorePart
from itbkg_api.site.advice import by_act
from itbkg_api.site.course import implied_findings, moments
from itbkg_api.site.facets import address
from itbkg_api.site.routing import page, page_router
from itbkg_api.site.teach import FolderPart

router = page_router()

#: How many similar cases are named, and how many classes of each list are told of them.
ALIKE, TOLD = 5, 6
#: The formats that one case is most asked for in; the others follow.
USUAL = ("phenopackets", "fhir", "jsonld-tree", "turtle", "graphml", "csv")
#: What the files of the record are called.
NAMED = {".json": "JSON", ".jsonld": "JSON-LD", ".ttl": "Turtle"}
#: What these write does not depend on what is chosen.
SAME = ("jsonld-context", "jsonld-frame")


@router.get("/cases/{publication}/{case}")
def one_case(publication: str, case: str, request: Request, store: StorePart, folder: FolderPart) -> Response:
    """Tell one case whole; NotFoundError, with the nearest ids, where there is none of that name."""
    told = tell_case(store, f"{publication}/{case}")
    root = str(request.scope.get("root_path", ""))
    alike = similar_cases(store, told.id, limit=ALIKE)
    advised = by_act(beside_guidance(store, told.id))
    return page(
        request,
        store,
        "case.html",
        case=told,
        patient=patient_text(told.patient),
        therapy=therapy_text(told.therapy),
        course=moments(told.course, told.clock),
        implied=implied_findings(told.implied),
        outcomes=moments(told.outcomes),
        chains=_chains(told),
        citation=cited(told.reference),
        source=_source(told.reference),
        advised=advised,
        silent=[one for one in advised if one.state == "not reported"],
        alike=alike,
        most=TOLD,
        references=[
            ("BibTeX", "bibtex", to_bibtex(told.reference)),
            ("RIS", "ris", to_ris(told.reference)),
            ("CSL-JSON", "csl", to_csl(told.reference)),
        ],
        exports=list(_exports(root, told.id)),
        usual=len(USUAL),
        lesson=lesson_name(folder, told.id),
        timeline=f"{root}{API}/charts/timeline/{told.id}",
        downloads=[(suffix, NAMED[suffix], f"{API}/cases/{told.id}{suffix}") for suffix in SUFFIXES],
    )


def _exports(root: str, case: str) -> Iterator[tuple[str, str]]:
    """Yield every format in which the case can be taken, by its title, and where."""
    for name in (*USUAL, *(name for name in FORMATS if name not in (*USUAL, *SAME))):
        yield FORMATS[name].title, address(f"{root}{API}/exports/{name}", [("cases", case)])


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
