"""Tables of links, kept: a page, its chart and its files ask for the same one, and a build never changes."""

from collections.abc import Iterable
from threading import Lock

from itbkg.links import LinkTable, case_data
from itbkg.links.table import ask, count
from itbkg.store import Store
from itbkg_api.sparql.kept import Kept

#: What the kept tables may take, and what a pair takes, its cases counted once for each table.
_MOST_BYTES, _PAIR_BYTES = 96 * 1024 * 1024, 2048

_kept: Kept[LinkTable] = Kept(_MOST_BYTES)
_lock = Lock()


def counted(
    store: Store, rows: str | Iterable[str], columns: str | Iterable[str], where: str, *, dependence: bool = False
) -> LinkTable:
    """Count as `itbkg.links.links` does, or return the table that was counted before.

    A graph without a digest, which another endpoint holds, may change and is counted anew each time. Raises what
    `links` raises.
    """
    across, down = (one if isinstance(one, str) else tuple(one) for one in (columns, rows))
    key = (store.manifest.digest, down, across, where, dependence)
    with _lock:
        table = _kept.get(key) if store.manifest.digest else None
    if table is None:
        table = count(ask(case_data(store), down, across, where), dependence=dependence)
        with _lock:
            _kept.put(key, table, _PAIR_BYTES * len(table.pairs))
    return table
