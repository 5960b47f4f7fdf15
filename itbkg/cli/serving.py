"""`itbkg serve`."""

import os
from collections.abc import Callable
from importlib.metadata import entry_points
from ipaddress import ip_address
from pathlib import Path

from itbkg.building.opening import open_graph
from itbkg.cli.output import note, progress, settings
from itbkg.errors import SettingsError
from itbkg.limits import Limits, read_limits
from itbkg.settings import Settings
from itbkg.store import Store
from itbkg.store.remote import RemoteStore


def run(graph: Path | None, elsewhere: str | None, host: str | None, port: int | None) -> None:
    """Open the graph, then listen until stopped; a graph that cannot be opened is never served."""
    serve = _door()
    known, limits = settings(), read_limits(os.environ)
    address, number = host or known.host, port or known.port
    if elsewhere:
        store: Store = RemoteStore.connect(elsewhere, limits.seconds, limits.result_bytes)
    else:
        with progress() as bar:
            store = open_graph(known, graph, bar)
    if not _is_loopback(address):
        note(f"warning: {address} can be reached from other machines; put a proxy with TLS before it")
    note(f"serving http://{address}:{number}/ (the API: /docs) until you press Ctrl+C")
    serve(store, known, limits, address, number)


def _door() -> Callable[[Store, Settings, Limits, str, int], None]:
    """Find the HTTP door by its entry point, so that the library does not import what stands on it."""
    found = entry_points(group="itbkg.doors", name="http")
    if not found:
        raise SettingsError("the HTTP door is not installed; install itbkg anew")
    serve: Callable[[Store, Settings, Limits, str, int], None] = next(iter(found)).load()
    return serve


def _is_loopback(address: str) -> bool:
    if address == "localhost":
        return True
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
