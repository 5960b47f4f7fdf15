"""The door that the command line opens: `itbkg serve` finds it by its entry point."""

from itbkg.limits import Limits
from itbkg.settings import Settings
from itbkg.store import Store
from itbkg_api.app import create_app
from itbkg_api.server import serve as serve_app


def serve(store: Store, settings: Settings, limits: Limits, host: str, port: int) -> None:
    """Serve a graph, with the saved questions of the corpus, until stopped."""
    serve_app(create_app(store, settings.corpus.questions, limits, access_log=settings.access_log), limits, host, port)
