"""A course: so many teaching cases that together cover what is wanted, chosen step by step (greedy set cover).

At each step the case that adds most is taken, by its id where two add as much, so that the same wish gives the same
course. Greedy choice covers at least 1 - 1/e of what the best N cases could (Nemhauser, Wolsey and Fisher 1978,
Mathematical Programming 14:265-294).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from itbkg.errors import EmptySelectionError, ParameterError
from itbkg.teaching.lesson import LEVELS, Lesson
from itbkg.teaching.making import Workshop
from itbkg.teaching.record import TeachingCase

#: What is covered: the kind (event, cause, outcome, objective, level) and its name.
Topic = tuple[str, str]
_KINDS = ("event", "cause", "outcome", "objective", "level")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A teaching case with what it covers."""

    teaching: TeachingCase
    lesson: Lesson
    covers: frozenset[Topic]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a course is to cover: words of the ontology, ids of objectives, levels; all that there is where empty."""

    objectives: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Say whether nothing is wished."""
        return not (self.objectives or self.causes or self.outcomes or self.levels)


@dataclass(frozen=True, slots=True)
class Course:
    """The chosen cases in the order of choice, what was to be covered, and what none of them covers."""

    chosen: tuple[Candidate, ...]
    topics: tuple[Topic, ...]
    uncovered: tuple[Topic, ...]


def candidate(workshop: Workshop, teaching: TeachingCase, lesson: Lesson) -> Candidate:
    """Say what a teaching case covers: its own causes and outcomes, and the groups of the ontology above them."""
    account = workshop.material(teaching).account
    stated = [("event", event) for event in account.events]
    stated += [("cause", name) for link in account.causes for name in (link.cause, link.effect)]
    stated += [("outcome", entry.label) for entry in account.outcomes]
    found = {(branch, name) for branch, word in stated for name in workshop.words.line(branch, word)}
    found |= {("objective", one.id) for one in teaching.objectives}
    return Candidate(teaching, lesson, frozenset({*found, ("level", teaching.level)}))


def check_number(number: int) -> None:
    """Raise ParameterError for a number of cases below one."""
    if number < 1:
        raise ParameterError(f"a course of {number} cases is none; give a number from 1")


def choose_course(workshop: Workshop, candidates: Sequence[Candidate], number: int, wishes: Wishes) -> Course:
    """Choose a course of at most so many cases.

    Raises ParameterError for a number below one, a level or an objective that there is not, UnknownWordError for a
    word that is not known, and EmptySelectionError where there is no teaching case.
    """
    check_number(number)
    if not candidates:
        raise EmptySelectionError("there is no teaching case here; make one with 'itbkg teach CASE --out FOLDER'")
    topics = _topics(workshop, candidates, wishes)
    open_topics, chosen = {*topics}, list[Candidate]()
    left = sorted(candidates, key=lambda one: one.teaching.id)
    while left and len(chosen) < number:
        best = max(left, key=lambda one: len(one.covers & open_topics))
        left.remove(best)
        chosen.append(best)
        open_topics -= best.covers
    return Course(tuple(chosen), topics, tuple(topic for topic in topics if topic in open_topics))


def _topics(workshop: Workshop, candidates: Iterable[Candidate], wishes: Wishes) -> tuple[Topic, ...]:
    """List what is to be covered: what is wished, or the uppermost groups and all objectives and levels there are."""
    known = {topic for one in candidates for topic in one.covers}
    if wishes.empty:
        tops = {topic for topic in known if topic[0] in ("objective", "level") or workshop.words.is_top(*topic)}
        return tuple(sorted(tops, key=lambda topic: (_KINDS.index(topic[0]), topic[1])))
    wished = [
        *(("cause", workshop.words.find("cause", word).label) for word in wishes.causes),
        *(("outcome", workshop.words.find("outcome", word).label) for word in wishes.outcomes),
        *(
            ("objective", _known("objective", name, (name for kind, name in known if kind == "objective")))
            for name in wishes.objectives
        ),
        *(("level", _known("level", name, LEVELS)) for name in wishes.levels),
    ]
    return tuple(dict.fromkeys(wished))


def _known(kind: str, name: str, names: Iterable[str]) -> str:
    there = sorted({*names})
    if name not in there:
        raise ParameterError(f"'{name}' is no {kind} of these teaching cases; there is {', '.join(there)}")
    return name
