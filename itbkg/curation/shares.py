"""What guidance and published numbers have in common: counts with a denominator, beside a printed percentage."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from itbkg.curation.nodes import Node
from itbkg.curation.sense import Found
from itbkg.errors import Problem
from itbkg.records import Quantity


def problem_at(found: Found, root: Node, name: str) -> Problem:
    """Give a problem the line of the deepest key that leads to it."""
    node = root
    for key in found.keys:
        node = node.child(key) or node
    return Problem(name, node.line, node.field, found.message, found.mend)


def check_share(n: int | None, of: int | None, printed: Quantity | None) -> Iterator[tuple[str, str, str]]:
    """Yield (key, what is wrong, how to mend it): more than all, or a percentage that is not that of the counts."""
    if n is None or of is None:
        return
    if n > of:
        yield "n", f"{n} of {of} is more than all.", "Look at the source again; 'of' is the denominator."
    elif printed and printed.unit == "%" and not _is_share(n, of, printed):
        share = Decimal(100 * n) / of
        message = f"{n} of {of} is {share:.2f} %, and {printed.text} is printed."
        yield "n", message, "Correct it, or say under 'discrepancy' that the source prints it so."


def _is_share(n: int, of: int, printed: Quantity) -> bool:
    """Say whether a percentage is that of the counts, rounded to as many places as are printed."""
    if printed.minimum is None or printed.minimum != printed.maximum:
        return True
    place = Decimal(1).scaleb(int(printed.minimum.as_tuple().exponent))
    return abs(Decimal(100 * n) / of - printed.minimum) <= place / 2


def check_names(names: Iterable[tuple[tuple[str | int, ...], str]]) -> Iterator[Found]:
    """Want one name for one line: two may not make nodes of one name."""
    seen: set[str] = set()
    for keys, name in names:
        if name in seen:
            mend = "Remove one, or tell them apart with an 'id'."
            yield Found(keys, f"an earlier line already states '{name}'.", mend)
        seen.add(name)
