"""Calendar dates, years and ages above 89, as people write them in English: where they stand in a text.

The texts have plain hyphens and apostrophes, and quantities are masked in them (see `itbkg.curation.traces`). Not
found: a year in words, a day and a month in figures alone (6/5), the months of other languages.
"""

import re
from collections.abc import Iterator

Span = tuple[int, int]

_CLEAR = "January|February|April|June|July|August|September|October|November|December"
_SHORT = r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
_MONTH = rf"(?:{_CLEAR}|March|May|(?:{_SHORT})\.?)(?![^\W\d_])"
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?:(?:19|20)[0-9]{2}|2100)"
_YEAR_AFTER = rf"[ ,./-]{{1,2}}(?:of\s)?(?:{_YEAR}|'?[0-9]{{2}})(?!\w)"
_BEFORE = r"in|since|until|till|by|of|from|during|before|after|early|late|mid|last|next|through|between|and|to"
_SEASONS = "spring|summer|autumn|fall|winter"
_FEASTS = r"Christmas|New Year(?:'s)?|Easter|Thanksgiving|Halloween|Ramadan"

#: What every date has: a figure, or a name of the calendar.
_HINT = re.compile(rf"(?i)[0-9]|{_CLEAR}|March|May|{_SHORT}|{_FEASTS}")
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        # 6 May 2004, 6th of May, 06-May-04
        rf"(?<![\w.]){_DAY}(?:[ ./-]{{1,2}}|\sof\s){_MONTH}(?:{_YEAR_AFTER})?",
        # May 6, 2004; May 6th; then May 2013, May '13, May of 2013
        rf"\b{_MONTH}[ ./-]{{1,2}}{_DAY}(?!\w)(?:{_YEAR_AFTER})?",
        rf"\b{_MONTH}(?:[ ,./-]{{1,2}}|\sof\s)(?:{_YEAR}|'[0-9]{{2}})(?!\w)",
        # these in small letters or in capitals, with the year
        rf"(?i)(?<![\w.]){_DAY}[ ./-]?{_MONTH}[ ,./-]{{0,2}}{_YEAR}\b|\b{_MONTH}[ ./-](?:{_DAY},?[ ./-])?{_YEAR}\b",
        # a month alone
        rf"\b(?:{_CLEAR})\b|\b(?i:{_BEFORE})[\s-]+(?:March|May)\b",
        # 2004-05-06, 2004/5/6, 2004-05, 05/2004, 05.2004, 20040506
        rf"(?<![\w-]){_YEAR}([./-])(?:0?[1-9]|1[0-2])\1{_DAY}(?![\w-])",
        rf"(?<![\w.-]){_YEAR}-(?:0[1-9]|1[0-2])(?![\w-])",
        rf"(?<![\w./])(?:(?:0?[1-9]|1[0-2])/|(?:0[1-9]|1[0-2])\.){_YEAR}(?!\w)",
        rf"\b{_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])\b",
        rf"\b(?:{_FEASTS})\b",
    )
)
#: 05/06/04, 6.5.2004, 6. 5. 2004, 04-05-06: three numbers that may be day, month and year.
_TRIPLE = re.compile(r"(?<![\w./-])([0-9]{1,2})([./-])\s?([0-9]{1,2})\2\s?([0-9]{4}|[0-9]{2})(?!\w|[./-][0-9])")
_YEARS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\w)(?<![0-9][.,]){_YEAR}(?:'?s)?(?!\w|[.,][0-9])",
        rf"\b(?i:{_BEFORE}|{_SEASONS})\s'[0-9]{{2}}s?\b",
    )
)

_ONES = "one|two|three|four|five|six|seven|eight|nine"
_OLD = rf"(?:9[0-9]|1[0-2][0-9]|ninety(?:[ -](?:{_ONES}))?|(?:a|one)[ -]hundred(?:[ -](?:and[ -])?(?:{_ONES}))?)"
_SHORTER = r"(?!\s?(?:d|h|wk|mo|min|days?|hours?|weeks?|months?|minutes?)\b)"
_AGES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\w.]){_OLD}(?:[ -]?(?:years?|yrs?|y)\.?[ -]?(?:old|of[ -]age)\b|\s?y/?o\b)",
        rf"\b(?:aged?|ages|age (?:of|was|is)|turned)[\s:]\s?(?:[0-9]+(?:\s?-\s?|\s(?:to|and)\s))?{_OLD}\b{_SHORTER}",
        rf"\b(?:man|woman|patient|male|female|lady|gentleman)(?:\sof|,)\s{_OLD}(?=[,.;)]|\s(?:years|who)\b|$)",
        rf"\b(?:he|she)\s(?:was|is)\s{_OLD}(?=[,.;)]|\s(?:years|and|when)\b|$)",
        rf"\bof {_OLD} years\b(?! of)",
        r"\b(?:nonagenarian|(?:super)?centenarian)s?\b",
        r"\b(?:his|her|their) (?:(?:early|mid|late)[ -])?(?:nineties|90'?s)\b",
    )
)
_MONTHS, _DAYS, _CENTURY = 12, 31, 100


def dates(text: str) -> Iterator[Span]:
    """Yield where a day or a month of the calendar stands, with its year or without."""
    if _HINT.search(text):
        yield from _spans(_DATES, text)
        yield from (found.span() for found in _TRIPLE.finditer(text) if _could_be_date(found))


def years(text: str) -> Iterator[Span]:
    """Yield where a year from 1900 to 2100 stands, or a decade of these."""
    yield from _spans(_YEARS, text)


def old_ages(text: str) -> Iterator[Span]:
    """Yield where an age above 89 years stands."""
    yield from _spans(_AGES, text)


def _spans(patterns: tuple[re.Pattern[str], ...], text: str) -> Iterator[Span]:
    yield from (found.span() for pattern in patterns for found in pattern.finditer(text))


def _could_be_date(found: re.Match[str]) -> bool:
    """Read three numbers as day, month, year in either order, or as year, month, day."""
    first, second, third = (int(found[group]) for group in (1, 3, 4))
    if third < _CENTURY and len(found[4]) < len("2004"):
        return _day_and_month(first, second) or (second <= _MONTHS and _day_and_month(second, third))
    return _day_and_month(first, second) and re.fullmatch(_YEAR, found[4]) is not None


def _day_and_month(one: int, other: int) -> bool:
    return 0 < min(one, other) <= _MONTHS and max(one, other) <= _DAYS
