"""What the command line opens: `itbkg serve`, `site` and `doctor` find it by its entry points."""

from pathlib import Path

from itbkg.limits import Limits
from itbkg.settings import Settings
from itbkg.store import Store
from itbkg_api.app import create_app
from itbkg_api.pages.islands import scripts
from itbkg_api.server import serve as serve_app


def serve(store: Store, settings: Settings, limits: Limits, host: str, port: int) -> None:
    """Serve a graph, with the saved questions of the corpus, until stopped."""
    app = create_app(store, settings.corpus.questions, limits, access_log=settings.access_log, warmed=True)
    serve_app(app, limits, host, port)


def write_site(store: Store, settings: Settings, out: Path) -> int:
    """Write the pages as files; return how many there are."""
    from itbkg_api.offline import write_site as write  # noqa: PLC0415 - who serves does not need it

    return write(store, settings, out)


def islands() -> tuple[str, ...]:
    """Name the scripts of the pages; empty where the package was built without them."""
    return scripts()
