"""Places below country, by a list of towns and provinces and by the forms in which smaller ones are written.

`places.txt` says what it lists. Not found, unless the form tells ("in Smalltown, OH"): a small place, and a place that
is also an English word or a first name (Reading, Orange).
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import islice

from itbkg.curation.days import Span

_LONGEST = 6
_WORD = re.compile(r"[^\W\d_](?:[\w']|-(?=\w))*")
_CAPITAL = re.compile(r"(?<!\w)[^\W\d_a-z](?:[\w']|-(?=\w))+")
_NAME = r"[^\W\da-z_][\w'-]*[a-zß-ÿ][\w'-]*"
_NAMED = rf"{_NAME}(?:\s{_NAME}){{0,2}}"
_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        # in Smalltown, OH; in Smalltown, Ohio 12345
        rf"\b(?:in|from|at|near|of|to)\s{_NAMED},\s(?!US|UK|EU)[A-Z]{{2}}(?:\s[0-9]{{5}}(?:-[0-9]{{4}})?)?(?!\w)",
        rf"\b{_NAMED}\s(?:City|County|Township|Province|Prefecture|District|Borough|Canton)\b",
        rf"\b(?:[Cc]ity|[Tt]own|[Vv]illage|[Cc]ounty|[Pp]rovince|[Dd]istrict|[Cc]anton|[Ss]tate)\sof\s{_NAMED}",
        rf"\b[0-9]+\s{_NAMED}\s(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Drive)\b|\bP\.?O\.?\sBox\b",
    )
)


def places(text: str) -> Iterator[Span]:
    """Yield where a place below country stands."""
    for form in _FORMS:
        yield from (found.span() for found in form.finditer(text))
    for capital in _CAPITAL.finditer(text):
        yield from _listed(text, capital)


def _listed(text: str, capital: re.Match[str]) -> Iterator[Span]:
    """Yield the longest listed name that begins here; 'Pittsburgh-based' begins with one."""
    whole = fold_name(capital[0])
    for first in (whole, whole.split("-")[0]):
        names = listed_places().get(first, ())
        after = list(islice(_WORD.finditer(text, capital.end()), _LONGEST - 1)) if names else []
        said = (first, *(fold_name(word[0]) for word in after))
        lengths = [len(name) for name in names if said[: len(name)] == name]
        if lengths:
            yield capital.start(), (capital, *after)[max(lengths) - 1].end()
            return


@cache
def fold_name(word: str) -> str:
    """Make accents, case and a possessive s not count."""
    letters = unicodedata.normalize("NFKD", word).removesuffix("'s")
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()


@cache
def listed_places() -> Mapping[str, frozenset[tuple[str, ...]]]:
    """Read the list: under the first word of each name, all names that begin with it, as their words."""
    lines = (files(__package__) / "places.txt").read_text("utf-8").splitlines()
    names: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for line in lines:
        words = tuple(fold_name(word) for word in _WORD.findall(line))
        if not line.startswith("#"):
            names[words[0]].add(words)
    return {first: frozenset(known) for first, known in names.items()}
