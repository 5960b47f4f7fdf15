"""`itbkg serve`."""

from collections.abc import Callable
from importlib.metadata import entry_points
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from itbkg.cli.output import note, progress, settings
from itbkg.errors import SettingsError
from itbkg.opening import open_graph
from itbkg.store import Store


def run(graph: Path | None, host: str | None, port: int | None) -> None:
    """Open the graph, then listen until stopped; a graph that cannot be opened is never served."""
    import uvicorn  # noqa: PLC0415

    create_app = _door()
    known = settings()
    address, number = host or known.host, port or known.port
    with progress() as bar:
        store = open_graph(known, graph, bar)
    if not _is_loopback(address):
        note(f"warning: {address} can be reached from other machines, and nothing limits how long a query runs")
    note(f"serving http://{address}:{number}/docs until you press Ctrl+C")
    uvicorn.run(create_app(store, known.corpus.questions), host=address, port=number, log_level="warning")


def _door() -> Callable[[Store, Path], Any]:
    """Find the HTTP door by its entry point, so that the library does not import what stands on it."""
    found = entry_points(group="itbkg.doors", name="http")
    if not found:
        raise SettingsError("the HTTP door is not installed; install itbkg anew")
    create_app: Callable[[Store, Path], Any] = next(iter(found)).load()
    return create_app


def _is_loopback(address: str) -> bool:
    if address == "localhost":
        return True
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
