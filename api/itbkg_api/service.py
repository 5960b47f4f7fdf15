"""What this service is, and that it lives."""

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter

import itbkg
from itbkg.questions import read_questions
from itbkg_api.parts import QuestionsPart, StorePart

router = APIRouter(tags=["service"])


@router.get("/health")
def health() -> dict[str, str]:
    """Say that the service answers; its graph was verified before it began to listen."""
    return {"status": "ok"}


@router.get("/service-info")
def service_info(store: StorePart) -> dict[str, Any]:
    """Describe the service as GA4GH service-info 1.0 does, with the counts and digest of the graph it serves."""
    manifest = store.manifest
    return {
        "id": "org.w3id.itbkg",
        "name": "itbkg",
        "type": {"group": "org.w3id.itbkg", "artifact": "itbkg", "version": itbkg.__version__},
        "description": "Published cases of intrathecal baclofen therapy going wrong. For research and teaching, "
        "not for treatment decisions.",
        "organization": {"name": "itbkg", "url": "https://w3id.org/itbkg/"},
        "version": itbkg.__version__,
        "dataset": {
            "sha256": manifest.digest,
            "publications": manifest.publications,
            "cases": manifest.cases,
            "triples": manifest.triples,
        },
    }


@router.get("/questions")
def questions(folder: QuestionsPart) -> list[dict[str, Any]]:
    """List the saved questions, each with the SPARQL that `/sparql` answers."""
    return [asdict(question) for question in read_questions(folder).values()]
