"""The rows and columns of a table: what the text of a variable takes apart into, each with its cases by state."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from itbkg.errors import ParameterError
from itbkg.index import Bits, Field
from itbkg.links.data import CaseData
from itbkg.links.grammar import ALL, DEFINED, Family, Single, Threshold, Variable, parse_variable, quoted
from itbkg.links.quantities import Quantity
from itbkg.links.senses import Ground, Sense, States, Terms
from itbkg.links.variables import VARIABLES, YEARS
from itbkg.links.words import Words
from itbkg.links.years import Years
from itbkg.namespaces import ITB


@dataclass(frozen=True, slots=True)
class Category:
    """One row or column. `key` is a condition that chooses the cases in which it is present.

    `iris` are its classes or values, none for years; `ground` says on what absence rests. In the cohort of the table
    it is present in `n` cases, absent in `absent`, and `not_reported` say neither.
    """

    variable: str
    label: str
    key: str
    iris: tuple[str, ...]
    ground: Ground
    n: int = 0
    absent: int = 0
    not_reported: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A category with what it means and its cases."""

    category: Category
    sense: Sense
    states: States = field(repr=False)


class Lines:
    """Takes variables apart for one graph."""

    def __init__(self, data: CaseData, words: Words) -> None:
        self._data = data
        self._words = words

    def read(self, texts: str | Iterable[str], within: Bits) -> tuple[Line, ...]:
        """Return the lines of one or several variables, each line once.

        Of a family of classes, those that any case of the cohort has or states absent, what most have first. Raises
        ParameterError for what is no variable and NotFoundError for names and words that are not known.
        """
        several = [texts] if isinstance(texts, str) else list(texts)
        if not several:
            raise ParameterError("no variable is given; give one, such as cause")
        lines = [line for text in several for line in self._lines(parse_variable(text), within)]
        return tuple(_counted(line, within) for line in {line.category.key: line for line in lines}.values())

    def _lines(self, variable: Variable, within: Bits) -> tuple[Line, ...]:
        match variable:
            case Single():
                return (self._single(variable),)
            case Threshold():
                return (self._threshold(variable),)
            case Family():
                return self._ordered(self._family(variable), within)

    def _ordered(self, lines: Iterator[Line], within: Bits) -> tuple[Line, ...]:
        told = [line for line in lines if line.states.reported.overlap(within) and self._told(line, within)]
        return tuple(sorted(told, key=lambda one: (self._rank(one, within), one.category.label, one.category.key)))

    def _told(self, line: Line, within: Bits) -> bool:
        """Say whether any case tells a line, not only another of its kind."""
        stated = line.category.ground == "stated absent"
        return bool((line.states.reported if stated else line.states.present).overlap(within))

    def _rank(self, line: Line, within: Bits) -> int:
        years = isinstance(line.sense, Years)
        return 0 if years else -line.states.present.overlap(within)

    def _single(self, variable: Single) -> Line:
        sense = self._words.sense(variable.name, variable.words)
        if isinstance(sense, Terms):
            labels = ", ".join(self._data.labels(sense.field)[term] for term in sense.terms)
            return self._line(variable.name, labels, sense, sense.terms)
        return self._line(variable.name, variable.words, sense, ())

    def _threshold(self, variable: Threshold) -> Line:
        quantity = self._words.quantity(variable)
        kinds = tuple(kind for kind, _ in quantity.limits) if isinstance(quantity, Quantity) else ()
        timed = f"time of {variable.name}={variable.word}" if variable.name else variable.word
        label = f"{timed} {variable.comparison} {variable.number:f} {variable.unit}"
        category = Category("quantity", label, label, kinds, quantity.ground())
        return Line(category, quantity, quantity.states(self._data))

    def _family(self, variable: Family) -> Iterator[Line]:
        if variable.name in YEARS:
            yield from self._years(variable)
            return
        of = self._words.field(variable.name)
        for term in self._terms(of, variable):
            yield self._line(of.name, self._data.labels(of)[term], Terms(of, (term,)), (term,))

    def _terms(self, of: Field, variable: Family) -> Iterable[str]:
        if of.kind == "value":
            if variable.below or variable.level != 1:
                raise ParameterError(f"{of.name} has values and no classes below each other; write {of.name} alone")
            return self._data.column(of).terms
        tops = self._words.terms(of, variable.below) if variable.below else [str(ITB[branch]) for branch in of.of]
        found = gathered(self._data, tops) if variable.level == DEFINED else self._steps_below(tops, variable.level)
        return (term for term in found if term in self._data.labels(of))

    def _steps_below(self, tops: Iterable[str], level: int) -> list[str]:
        """Return the classes that are so many steps below some classes by the shortest way; ALL is any number."""
        found: list[str] = []
        met, ahead, step = set(tops), list(tops), 0
        while ahead and (level == ALL or step < level):
            ahead = [term for top in ahead for term in self._data.tree.below.get(top, ())]
            ahead = [term for term in dict.fromkeys(ahead) if term not in met]
            met.update(ahead)
            step += 1
            found = [*found, *ahead] if level == ALL else ahead
        return sorted(found)

    def _years(self, variable: Family) -> Iterator[Line]:
        if variable.below or variable.level != 1:
            raise ParameterError(f"{variable.name} has no classes; write {variable.name}, or {variable.name}=2004")
        years = sorted({source.year for source in self._data.sources if source.year is not None})
        if variable.name == "year":
            for year in years:
                yield self._line("year", str(year), Years(year, year), ())
        else:
            for first in dict.fromkeys(year - year % 10 for year in years):
                yield self._line("decade", f"{first}s", Years(first, first + 9), ())

    def _line(self, variable: str, label: str, sense: Sense, iris: tuple[str, ...]) -> Line:
        key = f"{variable} = {quoted(label)}"
        return Line(Category(variable, label, key, iris, sense.ground()), sense, sense.states(self._data))


def gathered(data: CaseData, branches: Iterable[str]) -> list[str]:
    """Return the classes of some branches, given by IRI, that a definition gathers."""
    tops = frozenset(branches)
    return sorted(term for term in data.tree.gathered if tops & data.above(term))


def untold_families(data: CaseData, variables: Iterable[str]) -> dict[str, int]:
    """Count by variable the classes that a definition gathers, where it is asked for as a whole but not for these."""
    asked = [one for one in map(parse_variable, variables) if isinstance(one, Family) and not one.below]
    told = {family.name for family in asked if family.level == DEFINED}
    names = (family.name for family in asked if family.name in VARIABLES and family.name not in told)
    found = {name: len(gathered(data, (str(ITB[branch]) for branch in VARIABLES[name].of))) for name in names}
    return {name: n for name, n in found.items() if n}


def _counted(line: Line, within: Bits) -> Line:
    """Tell of a line how many cases of a cohort are in each state."""
    n, absent = line.states.present.overlap(within), line.states.absent.overlap(within)
    counts = replace(line.category, n=n, absent=absent, not_reported=len(within) - n - absent)
    return replace(line, category=counts)
