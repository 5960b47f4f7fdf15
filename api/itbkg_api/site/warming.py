"""Pages asked for before anybody does: what a page reads only once is then there for the first reader.

Templates are compiled, and what follows from the graph alone is read; see `itbkg.store.once`.
"""

from starlette.types import ASGIApp

from itbkg_api.site import paths
from itbkg_api.within import get


async def warm(app: ASGIApp) -> None:
    """Ask for each page that stands at one address, one after the other: readers' requests go on between them."""
    for path in paths():
        if "{" not in path:
            await get(app, path)
