"""Write what the project keeps of the API: `python -m itbkg_api.documents docs`, which `scripts/docs` runs.

openapi.json is the API's description, problems.md the kinds of problem.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from itbkg.exports import write_whole
from itbkg.settings import packaged_corpus
from itbkg.store import Store
from itbkg.store.manifest import FORMAT, Manifest
from itbkg_api.app import create_app
from itbkg_api.kinds import KINDS, Kind


def openapi_json() -> str:
    """Write the description; it is the same whatever graph is served."""
    nothing = dict.fromkeys(_COUNTS, 0)
    store = Store.in_memory(b"", Manifest(format=FORMAT, versions={}, inputs={}, files={}, **nothing))
    document = create_app(store, packaged_corpus().questions).openapi()
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def problems_md() -> str:
    """Write the kinds of problem for readers."""
    return "\n".join(
        [
            "# Problems",
            "",
            "An error of the API is a problem document, `application/problem+json`",
            "([RFC 9457](https://www.rfc-editor.org/rfc/rfc9457)). Its `type` is one of the following below",
            "`https://w3id.org/itbkg/problems/`, and a page of every server, such as `/problems/busy`. `detail` says",
            "what was the matter with the request; `errors` points to each parameter that was given wrongly, `nearest`",
            "names known names like an unknown one, `line` and `column` say where a query cannot be read, and `limit`",
            "names the limit that it met.",
            *(line for kind in KINDS.values() for line in _section(kind)),
            "",
        ]
    )


def _section(kind: Kind) -> Iterator[str]:
    yield from ("", f"## {kind.slug}", "", f"{kind.title}: {kind.status.value} {kind.status.phrase}.", "")
    yield from (kind.explanation, "", kind.mend)


_COUNTS = (
    *("quads", "triples", "cases", "publications", "graphs"),
    *("guidance_documents", "guidance_statements", "published_sources", "published_observations"),
)

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    write_whole(folder / "openapi.json", openapi_json().encode())
    write_whole(folder / "problems.md", problems_md().encode())
