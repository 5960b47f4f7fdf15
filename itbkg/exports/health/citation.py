"""The FHIR Citation of a publication."""

from itbkg.exports.health.parts import Json
from itbkg.exports.tables.facts import Facts
from itbkg.namespaces import ITB


def publication_resource(facts: Facts, publication: str) -> Json:
    """Cite the publication of a case."""
    numbers = (
        ("https://pubmed.ncbi.nlm.nih.gov", ITB.pmid),
        ("https://doi.org", ITB.doi),
        ("https://www.ncbi.nlm.nih.gov/pmc", ITB.pmcid),
    )
    identifiers = [
        {"system": system, "value": one} for system, key in numbers if (one := facts.one(publication, str(key)))
    ]
    artifact: Json = {"title": [{"text": facts.one(publication, str(ITB.title))}]}
    if identifiers:
        artifact["identifier"] = identifiers
    if form := _form(facts, publication):
        artifact["publicationForm"] = [form]
    if address := facts.one(publication, str(ITB.webAddress)):
        artifact["webLocation"] = [{"url": address}]
    if authors := facts.one(publication, str(ITB.byline)):
        artifact["contributorship"] = {"summary": [{"value": authors}]}
    found = {"resourceType": "Citation", "url": publication, "status": "active", "citedArtifact": artifact}
    notes = [{"text": text} for key in (ITB.note, ITB.secondarySource) if (text := facts.one(publication, str(key)))]
    return found | ({"note": notes} if notes else {})


def _form(facts: Facts, publication: str) -> Json:
    """Tell where a publication appeared."""
    texts = (("volume", ITB.volume), ("issue", ITB.issue), ("pageString", ITB.pages), ("articleDate", ITB.year))
    found: Json = {name: text for name, key in texts if (text := facts.one(publication, str(key)))}
    if journal := facts.one(publication, str(ITB.journal)):
        found["publishedIn"] = {"title": journal}
    return found
