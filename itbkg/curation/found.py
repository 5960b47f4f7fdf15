"""What a check finds wrong before its line is known, and the line that it gets."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from itbkg.curation.nodes import Node
from itbkg.errors import Problem


@dataclass(frozen=True, slots=True)
class Found:
    """A problem before its line is known: the keys that lead to it, what is wrong and how to mend it."""

    keys: tuple[str | int, ...]
    message: str
    mend: str


def problem_at(found: Found, root: Node, name: str) -> Problem:
    """Give a problem the line of the deepest key that leads to it; `name` is what the file is called."""
    node = root
    for key in found.keys:
        node = node.child(key) or node
    return Problem(name, node.line, node.field, found.message, found.mend)


def check_names(names: Iterable[tuple[tuple[str | int, ...], str]]) -> Iterator[Found]:
    """Want one name for one line: two may not make nodes of one name."""
    seen: set[str] = set()
    for keys, name in names:
        if name in seen:
            mend = "Remove one, or tell them apart with an 'id'."
            yield Found(keys, f"an earlier line already states '{name}'.", mend)
        seen.add(name)
