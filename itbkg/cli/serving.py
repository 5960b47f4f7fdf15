"""`itbkg serve`."""

from ipaddress import ip_address
from pathlib import Path

from itbkg.cli.output import note, progress, settings
from itbkg.opening import open_graph


def run(graph: Path | None, host: str | None, port: int | None) -> None:
    """Open the graph, then listen until stopped; a graph that cannot be opened is never served."""
    import uvicorn  # noqa: PLC0415

    from itbkg_api import create_app  # noqa: PLC0415

    known = settings()
    address, number = host or known.host, port or known.port
    with progress() as bar:
        store = open_graph(known, graph, bar)
    if not _is_loopback(address):
        note(f"warning: {address} can be reached from other machines, and nothing limits how long a query runs")
    note(f"serving http://{address}:{number}/docs until you press Ctrl+C")
    uvicorn.run(create_app(store, known.corpus.questions), host=address, port=number, log_level="warning")


def _is_loopback(address: str) -> bool:
    if address == "localhost":
        return True
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
