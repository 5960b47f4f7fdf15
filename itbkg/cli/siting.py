"""`itbkg site`."""

from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path

from itbkg.building.opening import open_graph
from itbkg.cli.output import note, progress, say_json, settings
from itbkg.errors import SettingsError
from itbkg.settings import Settings
from itbkg.store import Store


def run(out: Path, graph: Path | None, *, as_json: bool) -> None:
    """Write the pages as files; what stands at `out` already is never replaced."""
    write, known = _door(), settings()
    with progress() as bar:
        store = open_graph(known, graph, bar)
    note("writing the pages; this takes a minute or two")
    pages = write(store, known, out)
    if as_json:
        say_json({"out": str(out), "pages": pages})
    else:
        note(f"{pages} pages in {out}; open {out / 'index.html'}")


def _door() -> Callable[[Store, Settings, Path], int]:
    """Find what writes the pages by its entry point, as `itbkg serve` finds what serves them."""
    found = entry_points(group="itbkg.doors", name="site")
    if not found:
        raise SettingsError("the pages are not installed; install itbkg anew")
    write: Callable[[Store, Settings, Path], int] = next(iter(found)).load()
    return write
