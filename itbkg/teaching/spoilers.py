"""Does anything show too early? Held against what each later stage gives away, every text that learners see.

Secret until its stage are the event, its causes, findings, outcomes and measured values; a word that also says how
something responded to a treatment (improved) is none. Id, title and objectives come before the first stage. Options
may name a secret, for one must choose among them; what is told after an answer may name what the next stage shows.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from itbkg.curation.found import Found
from itbkg.teaching.lesson import Lesson, Option, Question
from itbkg.teaching.material import Keys
from itbkg.teaching.pieces import Piece
from itbkg.teaching.words import Words

#: Words by which a text would mark an option as right.
_MARKED = re.compile(r"[✓✔✗✘*]|\((?:correct|right|wrong|true|false)\)|\b(?:correct|right) answer\b", re.IGNORECASE)
_FEWEST = 3
#: Kinds of fact whose names may hold that of the event or a cause: a thought of another overdose, an act, a test.
_OTHERS = ("considered", "treatment", "investigation", "patient")


@dataclass(frozen=True, slots=True)
class Secret:
    """A text that must not show before a stage; within one of the longer `names` of another thing it does not."""

    text: str
    stage: int
    names: tuple[str, ...]

    def shows_in(self, text: str) -> bool:
        """Say whether a text names it, as a word of its own."""
        for name in self.names:
            text = re.sub(re.escape(name), "", text, flags=re.IGNORECASE)
        form = rf"(?<![\w.,]){re.escape(self.text)}(?!\w|[.,]\d)"
        return re.search(form, text, re.IGNORECASE) is not None


@dataclass(frozen=True, slots=True)
class Shown:
    """A text that learners see: with its keys, and the stage up to which secrets may be told in it."""

    text: str
    keys: Keys
    stage: int


@dataclass(frozen=True, slots=True)
class Early:
    """A secret that a text tells too early; `detail` names the detail that tells it, `question` where it is asked."""

    shown: Shown
    secret: Secret
    detail: str
    question: str


def find_early(
    lesson: Lesson, shown: Sequence[Sequence[str]], pieces: Mapping[str, Piece], words: Words
) -> Iterator[Early]:
    """Yield every secret that shows in a text before its stage."""
    others = {piece.fact.label for piece in pieces.values() if piece.fact.kind in _OTHERS}
    others |= {option.text for _, option in _options(lesson)}
    secrets = _secrets(shown, pieces, words, others)
    for one in _texts(lesson):
        for secret in secrets:
            if secret.stage > one.stage and secret.shows_in(one.text):
                yield Early(one, secret, _detail(one, secret, pieces), _question(lesson, one.keys))


def find_spoilers(
    lesson: Lesson, shown: Sequence[Sequence[str]], pieces: Mapping[str, Piece], words: Words
) -> Iterator[Found]:
    """Yield every place where something shows before its stage, with the stage that tells it."""
    for early in find_early(lesson, shown, pieces, words):
        yield _told_early(lesson, early.shown, early.secret)
    for keys, option in _options(lesson):
        if _MARKED.search(option.text):
            yield Found(keys, f"'{option.text}' is marked as right or wrong.", "Write the word alone.")


def _detail(one: Shown, secret: Secret, pieces: Mapping[str, Piece]) -> str:
    """Name the detail that is told with a fact, where it is that which tells the secret."""
    name = str(one.keys[-1])
    whole = name if f"{name}/detail" in pieces else name.rpartition("/")[0]
    detail = pieces.get(f"{whole}/detail") if "shows" in one.keys else None
    return detail.fact.id if detail and secret.shows_in(detail.fact.text) else ""


def _question(lesson: Lesson, keys: Keys) -> str:
    if "questions" not in keys:
        return ""
    stage, place = keys[1], keys[3]
    return lesson.stages[int(stage)].questions[int(place)].id


def _told_early(lesson: Lesson, one: Shown, secret: Secret) -> Found:
    stages = lesson.stages
    later = f"stage '{stages[secret.stage].id}' tells it" if secret.stage < len(stages) else "no stage tells it"
    message = f"'{secret.text}' shows too early: {later}."
    return Found(one.keys, message, "Word it so that it gives nothing away, or move it to a later stage.")


def _secrets(
    shown: Sequence[Sequence[str]], pieces: Mapping[str, Piece], words: Words, others: Collection[str]
) -> list[Secret]:
    """List what is told, each with the first stage that tells it; what no stage tells stays secret to the end."""
    first: dict[str, int] = {}
    spelt: dict[str, str] = {}
    place = {name: index for index, names in reversed(list(enumerate(shown))) for name in names}
    for name, piece in pieces.items():
        for text in _given_away(piece, words):
            key = text.casefold()
            spelt.setdefault(key, text)
            first[key] = min(first.get(key, len(shown)), place.get(name, len(shown)))
    late = {key: stage for key, stage in sorted(first.items()) if stage > 0 and not words.knows("response", key)}
    longer = {key: tuple(sorted(name for name in others if key in name.casefold() != key)) for key in late}
    return [Secret(spelt[key], stage, longer[key]) for key, stage in late.items()]


def _given_away(piece: Piece, words: Words) -> Iterator[str]:
    yield from (value for value in piece.values if " " in value)
    branches = {"cause": ("cause", "event"), "event": ("event",), "investigation": ("cause",), "outcome": ("outcome",)}
    for label in piece.tells:
        yield label
        for branch in branches.get(piece.fact.kind, ()):
            if words.knows(branch, label):
                yield from (name for name in words.find(branch, label).names if len(name) >= _FEWEST)


def _texts(lesson: Lesson) -> Iterator[Shown]:
    yield Shown(_spoken(lesson.id), ("case",), 0)
    yield Shown(lesson.title, ("title",), 0)
    for place, objective in enumerate(lesson.objectives):
        yield Shown(objective, ("objectives", place, "text"), 0)
    for index, stage in enumerate(lesson.stages):
        keys: Keys = ("stages", index)
        yield Shown(_spoken(stage.id), (*keys, "id"), index)
        yield Shown(stage.title, (*keys, "title"), index)
        yield Shown(stage.text, (*keys, "text"), index)
        yield from (Shown(fact.text, (*keys, "shows", fact.id), index) for fact in stage.facts)
        for place, question in enumerate(stage.questions):
            yield from _asked(question, (*keys, "questions", place), index)


def _spoken(name: str) -> str:
    """Read an id as words: it stands in addresses, in names of files and decks, and in the source of pages."""
    return name.replace("-", " ")


def _asked(question: Question, keys: Keys, index: int) -> Iterator[Shown]:
    yield Shown(_spoken(question.id), (*keys, "id"), index)
    yield Shown(question.prompt, (*keys, "prompt"), index)
    if question.kind == "text":
        yield Shown(question.answer, (*keys, "answer"), index + 1)
    yield Shown(question.explanation, (*keys, "explanation"), index + 1)
    for place, option in enumerate(question.options):
        for text in (option.feedback, option.harm):
            yield Shown(text, (*keys, "options", place), index + 1)


def _options(lesson: Lesson) -> Iterator[tuple[Keys, Option]]:
    for index, stage in enumerate(lesson.stages):
        for place, question in enumerate(stage.questions):
            for number, option in enumerate(question.options):
                yield ("stages", index, "questions", place, "options", number), option
