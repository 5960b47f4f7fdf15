"""What a filter is: conditions over the variables, joined by `and`, `or`, `not` and brackets.

    event = withdrawal and not cause = human error
    finding = fever, seizure               either of them is present
    finding != seizure                     stated absent; of another variable: reported, and not this
    finding = seizure not reported         neither; `finding = seizure reported` is the opposite
    outcome not reported                   nothing of the kind is said at all
    creatine kinase > 1000 U/L and (sex = female or year = 2000..2010)

A word that itself holds `and`, `or`, `not`, a bracket or a sign stands in quotes: finding = 'nausea and vomiting'.
`not` turns a condition round and takes in what is not reported; `!=` does not.
"""

from dataclasses import dataclass
from typing import Literal

from itbkg.links.grammar import Threshold

#: In which of the three states a condition wants what it names; `reported` is either of the first two.
State = Literal["present", "absent", "not reported", "reported"]


@dataclass(frozen=True, slots=True)
class Atom:
    """One condition: a variable's name with words (empty for anything of the kind), and the state that is wanted."""

    name: str
    words: str
    state: State


@dataclass(frozen=True, slots=True)
class Measured:
    """A condition on a quantity, and the state that is wanted."""

    threshold: Threshold
    state: State


@dataclass(frozen=True, slots=True)
class Not:
    """What does not fulfil a condition."""

    part: "Where"


@dataclass(frozen=True, slots=True)
class All:
    """What fulfils all conditions; of none, everything."""

    parts: tuple["Where", ...]


@dataclass(frozen=True, slots=True)
class Any:
    """What fulfils at least one condition."""

    parts: tuple["Where", ...]


Where = Atom | Measured | Not | All | Any
