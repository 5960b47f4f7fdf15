"""The pages of words: the ontology searched, walked as trees, and told class by class."""

from typing import Annotated

from fastapi import Query, Request, Response

from itbkg.terms import Found
from itbkg_api.addresses import API, see
from itbkg_api.glossary import GlossaryPart
from itbkg_api.parts import StorePart
from itbkg_api.site.facets import address
from itbkg_api.site.fields import touches
from itbkg_api.site.routing import page, page_router
from itbkg_api.terms import SUFFIXES

router = page_router()

#: How many hits of a search stand on a page.
LENGTH = 50

TextPart = Annotated[str, Query(description="A label, synonym, ITBKG or external id, or part of a name.")]


@router.get("/words")
def words(
    request: Request,
    store: StorePart,
    glossary: GlossaryPart,
    q: TextPart = "",
    branch: Annotated[str, Query(description="A class: what stands below it is searched, or drawn as a tree.")] = "",
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> Response:
    """Show the branches; the tree of one; or what a search finds, best first."""
    found = glossary.search(q, branch, LENGTH if q else 0, offset)
    top = glossary.find_class(branch) if branch else None
    return page(
        request,
        store,
        "words.html",
        found=found,
        branches=glossary.branches(),
        top=top,
        tree=glossary.tree(branch) if top and not q else None,
        lexicon=glossary.lexicon,
        turns=_turns(found, str(request.scope.get("root_path", ""))),
    )


@router.get("/words/{name}")
def one_word(name: str, request: Request, store: StorePart, glossary: GlossaryPart) -> Response:
    """Tell one term; any other of its identifiers leads to it. NotFoundError, with names like it, for any other."""
    term = glossary.identify(name)
    if name != term.name:
        return see(request, f"/words/{term.name}")
    downloads = [(f"{API}/terms/{term.name}{suffix}", media_type) for suffix, media_type in SUFFIXES.items()]
    there = touches(store).get(term.iri, ())
    return page(request, store, "term.html", term=glossary.show(term), downloads=downloads, touches=there)


def _turns(found: Found, root: str) -> list[tuple[str, str, str]]:
    """List the ways on from a part of a search: words, relation and address."""
    asked = [("q", found.query), ("branch", found.branch)]
    ways = [("Earlier", "prev", found.offset - LENGTH), ("More", "next", found.offset + LENGTH)]
    there = [one for one in ways if found.query and -LENGTH < one[2] < found.total]
    return [(text, rel, address(f"{root}/words", asked) + _from(start)) for text, rel, start in there]


def _from(start: int) -> str:
    return f"&offset={start}" if start > 0 else ""
