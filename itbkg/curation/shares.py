"""What guidance and published numbers have in common: counts with a denominator, beside a printed percentage."""

from collections.abc import Iterator
from decimal import Decimal

from itbkg.records import Quantity


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
