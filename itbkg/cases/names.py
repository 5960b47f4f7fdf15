"""The ids of cases and publications: their order, and those that are like one that nothing bears."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches

from itbkg.vocabulary.words import SLIP


def id_order(name: str) -> list[tuple[int, int, str]]:
    """Order ids as people do: a number by its size, before letters."""
    parts = re.findall(r"([0-9]+)|([^0-9]+)", name)
    return [(0, int(figures), "") if figures else (1, 0, letters) for figures, letters in parts]


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """Name up to three ids that are like a name, best first; where the best differs by a slip, it alone."""
    alike = get_close_matches(name, list(known), n=3, cutoff=0.6)
    if alike and SequenceMatcher(None, name, alike[0]).ratio() > SLIP:
        return alike[:1]
    return alike
