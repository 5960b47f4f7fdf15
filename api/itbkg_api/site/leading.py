"""Where a page leads from what stands in an answer: the IRI of a case, word or document, or the id of a case."""

from itbkg.namespaces import BASE


def page_of_iri(iri: str) -> str:
    """Return the path of the page that tells of what an IRI of ours names; empty where no page does."""
    kind, _, name = iri.removeprefix(BASE).partition("/") if iri.startswith(BASE) else ("", "", "")
    parts = name.split("/")
    match kind:
        case "case" if len(parts) > 1:
            return f"/cases/{parts[0]}/{parts[1]}"
        case "ont" if name and len(parts) == 1:
            return f"/words/{name}"
        case "unit" if name and len(parts) == 1:
            return f"/words/unit:{name}"
        case "guidance" if name:
            return f"/guidance/{parts[0]}"
    return ""
