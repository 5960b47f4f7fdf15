"""Read the index of a graph: from the file of its build folder, or by asking the store, whatever it is."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from itbkg.errors import BuildFolderError
from itbkg.index.bits import Bits
from itbkg.index.caseindex import CaseIndex
from itbkg.index.column import Column
from itbkg.index.fields import FIELDS, Field
from itbkg.index.file import IndexFile, parse_index, write_index
from itbkg.store import PREFIX_LINES, REBUILD, Store, once
from itbkg.store.manifest import INDEX

#: The positions of the cases of each term, by field and whether it is absence.
_Found = defaultdict[tuple[str, bool], defaultdict[str, list[int]]]


def read_index(store: Store) -> CaseIndex:
    """Read the index of a graph: from the file in its build folder where it has one that this code would make too.

    Raises BuildFolderError for a file that is not whole, and what the store raises that is asked.
    """
    kept = store.kept(INDEX)
    if kept is not None:
        path, written = kept
        found = _parse(path, written)
        if found.query == _DIGEST:
            return found.index
    return ask_index(store)


@once
def case_index(store: Store) -> CaseIndex:
    """Return the index of a graph, read once; raises what `read_index` raises."""
    return read_index(store)


def _parse(path: Path, written: bytes) -> IndexFile:
    try:
        return parse_index(written)
    except ValueError as error:
        raise BuildFolderError(path, str(error), REBUILD) from error


def make_index_file(store: Store) -> bytes:
    """Make the file that a build folder keeps: what `ask_index` gives."""
    return write_index(ask_index(store), _DIGEST)


def ask_index(store: Store) -> CaseIndex:
    """Make the index of a graph by one SPARQL query, which any endpoint answers."""
    rows = [tuple(line.split("\t")) for line in store.answer(_QUERY, table="tsv").decode("utf-8").splitlines()[1:]]
    cases = tuple(sorted(case[1:-1] for about, case, _ in rows if about == _ALL))
    positions = {f"<{case}>": position for position, case in enumerate(cases)}
    found: _Found = defaultdict(lambda: defaultdict(list))
    for about, case, term in rows:
        if about != _ALL:
            found[_BRANCHES[about]][term[1:-1]].append(positions[case])
    columns = {field.name: _column(field, found, len(cases)) for field in FIELDS.values()}
    return CaseIndex(cases, columns)


def _column(field: Field, found: _Found, size: int) -> Column:
    present, absent = _sets(found[field.name, False], size), _sets(found[field.name, True], size)
    return Column(field.name, size, bool(field.absence), present, absent)


def _sets(found: Mapping[str, list[int]], size: int) -> dict[str, Bits]:
    return {term: Bits(positions, size) for term, positions in sorted(found.items())}


def _branches() -> Iterator[tuple[str, bool, str]]:
    for field in FIELDS.values():
        yield field.name, False, field.pattern
        if field.absence:
            yield field.name, True, field.absence


def _query() -> str:
    """Ask for all at once: what a row is about is told by a number, and the cases themselves are among the rows."""
    patterns = [f'{{ {pattern} BIND("{number}" AS ?about) }}' for number, (_, _, pattern) in enumerate(_branches())]
    patterns.append('{ ?case a itb:Case . BIND("all" AS ?about) BIND(itb:Case AS ?term) }')
    return (
        f"{PREFIX_LINES} SELECT DISTINCT ?about ?case ?term WHERE {{ ?case a itb:Case . {' UNION '.join(patterns)} }}"
    )


_ALL = '"all"'
_BRANCHES = {f'"{number}"': (name, absent) for number, (name, absent, _) in enumerate(_branches())}
_QUERY = _query()
#: An index that another query made, that of an earlier version, is passed over.
_DIGEST = hashlib.sha256(_QUERY.encode()).hexdigest()
