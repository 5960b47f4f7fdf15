"""The application asked for one page after the other, with a loop of its own."""

import asyncio

from starlette.types import ASGIApp

from itbkg_api.within import BROWSER, Reply, get


class Asker:
    """Asks an application; its workers for queries are never started."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._runner = asyncio.Runner()

    def __enter__(self) -> "Asker":
        return self

    def __exit__(self, *_: object) -> None:
        self._runner.close()

    def get(self, address: str, accept: str = BROWSER) -> Reply:
        """Ask for an address within the application, as a browser does."""
        return self._runner.run(get(self._app, address, accept))
