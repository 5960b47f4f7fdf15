"""In how many cases the word of an option is reported, and what came of it, told in sentences.

The sentences are the same for every word of a branch; which words there are is the ontology's affair. Where no report
names a word, that is said.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from itbkg.teaching.asking import Row

#: How the case itself is called among sources as long as its id could give something away.
OWN = "this case"


@dataclass(frozen=True, slots=True)
class Asking:
    """Among which cases is counted: those of an event (IRI and label), or all where it is not yet told.

    `unordered` are the documents whose order is still to be asked for: of these no step is told.
    """

    case: str
    event: str = ""
    event_label: str = ""
    unordered: frozenset[str] = frozenset()

    @property
    def among(self) -> str:
        """Say among which cases."""
        return f"cases of {self.event_label} in the corpus" if self.event else "cases in the corpus"

    def named(self, sources: Iterable[str]) -> tuple[str, ...]:
        """Name sources once each; the case itself only when the event is told."""
        return tuple(dict.fromkeys(OWN if name == self.case and not self.event else name for name in sources))


def cases_of(rows: Sequence[Row], sense: str = "") -> tuple[str, ...]:
    """Return the cases of some rows, once each; of one sense where it is given."""
    return tuple(dict.fromkeys(row["case"] for row in rows if not sense or row["sense"] == sense))


def _treatment(rows: Sequence[Row], of: int, asking: Asking) -> Iterator[str]:
    given = cases_of(rows)
    if not given:
        yield f"None of the {of} {asking.among} tells of it: the corpus is silent."
        return
    yield f"Reported for {len(given)} of {of} {asking.among}."
    good, bad = {*cases_of(rows, "benefit")}, {*cases_of(rows, "no benefit")}
    silent = len({*given} - good - bad)
    if good or bad:
        both = f", and in {len(good & bad)} both are told" if good & bad else ""
        worse = len(cases_of(rows, "worse"))
        added = f" (in {worse} of them things got worse)" if worse else ""
        yield f"It was judged helpful in {len(good - bad)} and ineffective in {len(bad - good)}{added}{both}."
    if silent:
        yield f"{in_cases(silent)} the effect is not reported."


def _diagnosis(rows: Sequence[Row], of: int, asking: Asking) -> Iterator[str]:
    thought = cases_of(rows)
    if not thought:
        yield f"None of the {of} {asking.among} tells that it was considered: the corpus is silent."
        return
    yield f"Considered in {len(thought)} of {of} {asking.among}."
    fates = [(sense, {*cases_of(rows, sense)}) for sense in ("confirmed", "rejected", "left open")]
    told = ", ".join(f"{sense} in {len(cases)}" for sense, cases in fates if cases)
    silent = len({*thought}.difference(*(cases for _, cases in fates)))
    if told:
        yield f"It was {told}."
    if silent:
        yield f"{in_cases(silent)} the report does not say what became of it."


def _investigation(rows: Sequence[Row], of: int, asking: Asking) -> Iterator[str]:
    made = cases_of(rows)
    if not made:
        yield f"None of the {of} {asking.among} tells of it: the corpus is silent."
        return
    showing = len(cases_of(rows, "shows a cause"))
    yield f"Reported for {len(made)} of {of} {asking.among}; it showed a cause in {showing}."


def _named(verb: str) -> Callable[[Sequence[Row], int, Asking], Iterator[str]]:
    def told(rows: Sequence[Row], of: int, asking: Asking) -> Iterator[str]:
        cases = cases_of(rows)
        if cases:
            yield f"{verb} in {len(cases)} of {of} {asking.among}."
        else:
            yield f"None of the {of} {asking.among} tells of it: the corpus is silent."

    return told


def _finding(rows: Sequence[Row], of: int, asking: Asking) -> Iterator[str]:
    present = {row["case"] for row in rows if row["state"] == "present"}
    absent = {row["case"] for row in rows if row["state"] == "stated absent"}
    silent = of - len(present | absent)
    yield (
        f"Present in {len(present)}, stated absent in {len(absent)} and not reported in {silent} "
        f"of {of} {asking.among}."
    )


def in_cases(number: int) -> str:
    """Begin a sentence on so many cases."""
    return f"In {number} {'case' if number == 1 else 'cases'}"


#: How the reports of a word are told, by branch.
COUNTED: Mapping[str, Callable[[Sequence[Row], int, Asking], Iterator[str]]] = {
    "treatment": _treatment,
    "diagnosis": _diagnosis,
    "investigation": _investigation,
    "finding": _finding,
    "cause": _named("Named as a cause"),
    "outcome": _named("Reported as outcome"),
    "event": _named("Reported"),
}
