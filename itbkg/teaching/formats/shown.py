"""How a lesson's parts are put before a reader, the same in every form: order of options, letters, groups of facts."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from string import ascii_uppercase

from itbkg.cases.readable import readable_quantity
from itbkg.teaching.lesson import Fact, FactKind, Lesson, Option, Question, Stage

#: What each kind of fact is called beside it.
KINDS: dict[FactKind, str] = {
    "patient": "Patient",
    "therapy": "Therapy",
    "circumstance": "Around it",
    "finding": "Found",
    "absent": "Stated",
    "measurement": "Measured",
    "treatment": "Treated",
    "investigation": "Examined",
    "considered": "Thought of",
    "delay": "Delay",
    "cause": "Cause",
    "event": "Event",
    "outcome": "Outcome",
    "guidance": "Advised",
}
#: Which kinds stand together, under which heading; what is in none of them is told as the course.
_PATIENT, _COURSE = "Patient and therapy", "What the report tells"
_MEASURED, _ADVISED = "Measured values", "What guidance advises"
_HEADINGS: dict[FactKind, str] = {
    "patient": _PATIENT,
    "therapy": _PATIENT,
    "circumstance": _PATIENT,
    "measurement": _MEASURED,
    "guidance": _ADVISED,
}
#: How the time of a hospital day begins.
_HOSPITAL_DAY = "day "
_ORDER = (_PATIENT, _COURSE, _MEASURED, _ADVISED)


@dataclass(frozen=True, slots=True)
class Moment:
    """Facts that stand one after the other at one time; `place` is where all of them stand, empty where they differ."""

    time: str
    facts: tuple[Fact, ...]

    @property
    def place(self) -> str:
        """The place that all facts share."""
        places = {fact.place for fact in self.facts}
        return places.pop() if len(places) == 1 else ""


@dataclass(frozen=True, slots=True)
class Group:
    """Facts of a stage that are told together; `timed` says whether any of them has a time."""

    heading: str
    facts: tuple[Fact, ...]

    @property
    def mixed(self) -> bool:
        """Whether its facts are of kinds that the heading does not tell apart."""
        return self.heading not in (_MEASURED, _ADVISED)

    @property
    def timed(self) -> bool:
        """Whether a column of times would hold anything."""
        return any(fact.time for fact in self.facts)

    @property
    def moments(self) -> tuple[Moment, ...]:
        """The facts by their times."""
        return moments(self.facts)

    @property
    def advised(self) -> bool:
        """Whether these are steps of guidance, which stand beside what was done."""
        return self.heading == _ADVISED


@dataclass(frozen=True, slots=True)
class Choice:
    """An option as it is shown: under its letter."""

    letter: str
    option: Option


def choices(question: Question) -> tuple[Choice, ...]:
    """Return the options in an order that gives nothing away, and in which an added option moves no other past another.

    The order is that of a digest of the ids; where that would be the right order of an order question, it is reversed.
    """
    mixed = sorted(question.options, key=lambda option: (_digest(question.id, option.id), option.id))
    ranks = [option.rank for option in mixed if option.rank is not None]
    if question.kind == "order" and ranks == sorted(ranks):
        mixed.reverse()
    return tuple(Choice(letter, option) for letter, option in zip(_letters(len(mixed)), mixed, strict=True))


def key(question: Question) -> tuple[Choice, ...]:
    """Return the options in the order of the answer: by rank in an order question, else as they are shown."""
    shown = choices(question)
    if question.kind != "order":
        return shown
    return tuple(sorted(shown, key=lambda choice: (choice.option.rank is None, choice.option.rank or 0, choice.letter)))


def groups(stage: Stage) -> tuple[Group, ...]:
    """Return the facts of a stage under their headings, each group in the order of the stage."""
    under: dict[str, list[Fact]] = {heading: [] for heading in _ORDER}
    for fact in stage.facts:
        under[_HEADINGS.get(fact.kind, _COURSE)].append(fact)
    return tuple(Group(heading, tuple(facts)) for heading, facts in under.items() if facts)


def course(lesson: Lesson) -> tuple[Fact, ...]:
    """Return every fact of which the hours are known, once, in the order of time."""
    facts = {(fact.kind, fact.id, fact.text): fact for stage in lesson.stages for fact in stage.facts}
    return tuple(sorted((fact for fact in facts.values() if _has_hours(fact)), key=_when))


def moments(facts: Iterable[Fact]) -> tuple[Moment, ...]:
    """Put facts that follow each other at one time together, so that it is told once."""
    return tuple(Moment(time, tuple(there)) for time, there in groupby(facts, key=lambda fact: fact.time))


def clock_line(lesson: Lesson, stage: Stage | None = None) -> str:
    """Say from when the times of a stage count, or without one those of the whole lesson; empty where it has none.

    What the clock zero is may tell what happened: before the stage that tells it, only that stage is named.
    """
    facts = [fact for one in lesson.stages if stage in (None, one) for fact in one.facts if fact.time]
    in_hospital = [fact for fact in facts if fact.time.startswith(_HOSPITAL_DAY)]
    parts = []
    if lesson.clock and len(facts) > len(in_hospital):
        parts.append(f"Times count from {zero(lesson, stage)} (0 h); what came before it has a minus.")
    if in_hospital:
        parts.append("Day 1 is the first day in hospital.")
    return " ".join(parts)


def zero(lesson: Lesson, stage: Stage | None = None) -> str:
    """Name the moment from which hours count as it may be named in a stage, or in the end."""
    ids = [one.id for one in lesson.stages]
    told = ids.index(lesson.clock_stage)
    if stage is not None and ids.index(stage.id) < told:
        return f"a moment that part {told + 1} names"
    return lesson.clock


def numbers(lesson: Lesson) -> dict[str, int]:
    """Return the number of each question, counted through the lesson, by its id."""
    asked = (question.id for stage in lesson.stages for question in stage.questions)
    return {question: number for number, question in enumerate(asked, start=1)}


def has_harm(lesson: Lesson) -> bool:
    """Say whether any option is marked as dangerous."""
    return any(option.harm for stage in lesson.stages for asked in stage.questions for option in asked.options)


def printed_unit(unit: str) -> str:
    """Write a UCUM code as people do: `Cel` as °C; nothing for what has no unit to say."""
    return readable_quantity(f"1 {unit}").removeprefix("1").strip() if unit else ""


def listed(words: Sequence[str]) -> str:
    """Write ids of sources one after the other."""
    return ", ".join(words)


def _letters(count: int) -> Iterator[str]:
    """Count A to Z, then AA, AB and on."""
    for place in range(count):
        before, last = divmod(place, len(ascii_uppercase))
        yield (ascii_uppercase[before - 1] if before else "") + ascii_uppercase[last]


def _digest(*ids: str) -> str:
    return hashlib.sha256("\0".join(ids).encode()).hexdigest()


def _has_hours(fact: Fact) -> bool:
    return fact.earliest_hours is not None or fact.latest_hours is not None


def _when(fact: Fact) -> tuple[float, float, str, str]:
    """Order by the earliest hour, then the latest; an end that is open counts as the other."""
    ends = [end for end in (fact.earliest_hours, fact.latest_hours) if end is not None]
    return ends[0], ends[-1], fact.text, fact.id
