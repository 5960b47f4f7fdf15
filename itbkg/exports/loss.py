"""Loss statements: what an export left out, with counts, in the words and forms that the doors give."""

from collections.abc import Iterator, Mapping
from typing import Any

from itbkg.exports.format import Losses

#: What is said of an export that holds everything.
NOTHING = "nothing is lost"


def loss_lines(losses: Losses) -> Iterator[str]:
    """Say each loss on a line; where there is none, that there is none."""
    told = [one for one in losses if one.count]
    yield from (f"not in this format: {one.what} ({one.count})" for one in told)
    if not told:
        yield NOTHING


def loss_document(losses: Losses) -> list[Mapping[str, Any]]:
    """Return the losses for JSON; a loss of none of a thing is none."""
    return [{"what": one.what, "count": one.count} for one in losses if one.count]
