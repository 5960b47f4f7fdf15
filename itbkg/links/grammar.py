"""The one small grammar of variables: what stands in the rows and columns of a table of links.

    cause                                  the classes directly below: one row for each that any case has
    cause@2, cause@all                     those two steps below, or all of them
    cause@defined                          those that a definition gathers from all over: human error, delivery stopped
    cause:catheter-related cause           the classes directly below this one; with @2 and @all as above
    cause=catheter kink                    this class alone, with what lies below it; commas mean or
    year, decade                           one row for each year or decade of publication
    creatine kinase > 1000 U/L             a measurement, or a delay, against a threshold in any UCUM unit that converts
    interruption-to-diagnosis < 48 h       a stretch of time that `itbkg times` lists, against a threshold
    time of treatment=oral baclofen < 24 h the hours from the case's clock zero to the first statement of a class

A name of a variable is one of `itbkg.links.variables`; a word is a label or synonym, as everywhere.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from itbkg.errors import ParameterError

#: How a value is held against a threshold.
Comparison = Literal["<", "<=", ">", ">="]
COMPARISONS: tuple[Comparison, ...] = ("<=", ">=", "<", ">")

#: Texts longer than this are refused: nobody writes them.
LONGEST = 1000
#: Every level below a class; and the classes below it that are no step of the tree, for a definition gathers them.
ALL, DEFINED = 0, -1
_LEVELS = {"all": ALL, "defined": DEFINED}

_NUMBER = r"-?[0-9]{1,9}(?:\.[0-9]{1,6})?"
_THRESHOLD = re.compile(rf"(?P<of>[^<>]+?)\s*(?P<comparison>[<>]=?)\s*(?P<number>{_NUMBER})\s+(?P<unit>\S+)")
_TIME = re.compile(r"time of\s+(?P<name>[^=]+)=(?P<word>.+)", re.IGNORECASE)
_LEVEL = re.compile(r"(?P<rest>[^@]*)@\s*(?P<level>[^@]*)")
_STEPS = re.compile(r"[1-9][0-9]?")
_LEVEL_FORMS = "write @1 for what lies directly below, @2 and so on, @all, or @defined for what a definition gathers"
#: What a filter would take for a sign, a joint or a state; quotes at the beginning of a word too.
_NEEDS_QUOTES = re.compile(r"[()=<>!\"]|\b(?:and|or|not|reported)\b|(?:^|\s)'", re.IGNORECASE)
_FORMS = "write NAME, NAME@2, NAME:WORD, NAME=WORD or WORD > NUMBER UNIT, such as cause or creatine kinase > 1000 U/L"


@dataclass(frozen=True, slots=True)
class Family:
    """Several classes of a variable, one row for each: those `level` steps below a class, ALL or DEFINED below it.

    `below` is the word of that class; empty for the whole variable.
    """

    name: str
    below: str = ""
    level: int = 1


@dataclass(frozen=True, slots=True)
class Single:
    """One row of a variable: a class or value, or with commas several of which any will do."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Threshold:
    """One row: a quantity against a threshold. `name` is empty for a measured value or a delay, else what is timed."""

    name: str
    word: str
    comparison: Comparison
    number: Decimal
    unit: str


Variable = Family | Single | Threshold


def parse_variable(text: str) -> Variable:
    """Read a variable; ParameterError, with the forms, for a text that is none."""
    asked = " ".join(text.split())
    if not asked or len(asked) > LONGEST:
        raise ParameterError(f"a variable has 1 to {LONGEST} characters, this one {len(asked)}; {_FORMS}")
    threshold = parse_threshold(asked)
    if threshold:
        return threshold
    name, sign, rest = _split(asked)
    if not name.strip():
        raise ParameterError(f"'{text}' names no variable before {sign}; {_FORMS}")
    rest, level = _level(rest if sign else name)
    if sign == "=":
        return Single(variable_name(name), _given(text, asked.partition("=")[2]))
    return Family(variable_name(name), _given(text, rest), level) if sign else Family(variable_name(rest), "", level)


def parse_threshold(text: str) -> Threshold | None:
    """Read a quantity against a threshold; None for a text that has no `<` or `>`, ParameterError for half of one."""
    found = _THRESHOLD.fullmatch(text)
    if found is None:
        if re.search(r"[<>]", text):
            form = "write it like creatine kinase > 1000 U/L, or year = 2010.."
            raise ParameterError(f"'{text}' is no threshold; {form}")
        return None
    comparison = next(one for one in COMPARISONS if one == found["comparison"])
    number, timed = Decimal(found["number"]), _TIME.fullmatch(found["of"])
    if timed:
        return Threshold(variable_name(timed["name"]), unquoted(timed["word"]), comparison, number, found["unit"])
    return Threshold("", unquoted(found["of"]), comparison, number, found["unit"])


def variable_name(text: str) -> str:
    """Make case, blanks and `-` not count in the name of a variable: `Age group` is age_group."""
    return re.sub(r"[\s-]+", "_", text.strip().casefold())


def _split(text: str) -> tuple[str, str, str]:
    """Part a name from what follows its first `:` or `=`."""
    parts = re.split(r"([:=])", text, maxsplit=1)
    return (parts[0], parts[1], parts[2]) if len(parts) > 1 else (text, "", "")


def _level(text: str) -> tuple[str, int]:
    """Part the level from what it stands behind; 1 where none is given."""
    found = _LEVEL.fullmatch(text)
    if found is None:
        return text.strip(), 1
    level = found["level"].strip().casefold()
    if level in _LEVELS:
        return found["rest"].strip(), _LEVELS[level]
    if not _STEPS.fullmatch(level):
        raise ParameterError(f"'{text}' has no level '{found['level']}'; {_LEVEL_FORMS}")
    return found["rest"].strip(), int(level)


def _given(text: str, word: str) -> str:
    if not unquoted(word):
        raise ParameterError(f"'{text}' names no class; {_FORMS}")
    return unquoted(word)


def unquoted(word: str) -> str:
    """Take the quotes off a word that stands in them."""
    bare = word.strip()
    return bare[1:-1].strip() if len(bare) > 1 and bare[0] == bare[-1] and bare[0] in "'\"" else bare


def quoted(word: str) -> str:
    """Put a word in quotes where a filter could not read it bare."""
    if not _NEEDS_QUOTES.search(word):
        return word
    return f'"{word}"' if "'" in word else f"'{word}'"
