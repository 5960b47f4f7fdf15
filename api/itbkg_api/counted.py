"""Tables of links, kept: a page, its chart and its files ask for the same one, and a build never changes."""

from collections.abc import Iterable
from dataclasses import dataclass

from itbkg.links import LinkTable
from itbkg.links.sparql import write_query
from itbkg.links.table import ask, count
from itbkg.store import Store
from itbkg_api.kept import Kept

#: What the kept tables may take, and what a pair takes with the ids of its cases.
_MOST_BYTES, _PAIR_BYTES = 96 * 1024 * 1024, 2048


@dataclass(frozen=True, slots=True)
class Counted:
    """A table of links, and the SPARQL that gives the same counts."""

    table: LinkTable
    sparql: str


_kept: Kept[Counted] = Kept(_MOST_BYTES)


def counted(
    store: Store, rows: str | Iterable[str], columns: str | Iterable[str], where: str, *, dependence: bool = False
) -> Counted:
    """Count as `itbkg.links.links` does, or return the table that was counted before.

    A graph without a digest, which another endpoint holds, may change and is counted anew each time. Raises what
    `links` raises.
    """
    across, down = ((one,) if isinstance(one, str) else tuple(one) for one in (rows, columns))

    def make() -> Counted:
        asked = ask(store, across, down, where)
        return Counted(count(asked, dependence=dependence), write_query(asked))

    if not store.manifest.digest:
        return make()
    return _kept.recall((store.manifest.digest, across, down, where, dependence), make, _size)


def _size(one: Counted) -> int:
    return _PAIR_BYTES * len(one.table.pairs) + len(one.sparql)
