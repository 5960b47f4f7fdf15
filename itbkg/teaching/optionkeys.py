"""Questions whose options are words of the ontology: right are those that a saved question names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from itbkg.errors import ItbkgError
from itbkg.naming import slug
from itbkg.teaching.counting import Asking
from itbkg.teaching.evidence import evidence_for
from itbkg.teaching.lesson import Option
from itbkg.teaching.material import Keys, Material
from itbkg.teaching.questioning import Answer
from itbkg.teaching.record import Choice, Key, QuestionRecord
from itbkg.teaching.words import Term


@dataclass(frozen=True, slots=True)
class _Marking:
    """By what options are marked: the classes that the key names, and whether cases or documents named them."""

    branch: str
    right: tuple[str, ...]
    wanted: tuple[Term, ...]
    of_cases: bool
    along: Term | None
    asking: Asking


def options_asked(material: Material, record: QuestionRecord, keys: Keys, asking: Asking) -> Answer:
    """Return the options, each with the evidence for it, and those that the saved question names as the answer."""
    right = _right_answers(material, record, keys)
    if record.branch is None:
        mend = "Write 'of: diagnosis', 'of: treatment' or the like."
        material.fault(keys, "nothing says what the options are.", mend)
        return Answer()
    wanted = tuple(term for word in right if (term := _term(material, record.branch, word)))
    of_cases = _is_of_cases(material, record.key)
    along = _along(material, record.key)
    marking = _Marking(record.branch, tuple(right), wanted, of_cases, along, asking)
    options = tuple(_options(material, record, keys, marking))
    _check(material, record, keys, options)
    answer = "; ".join(option.text for option in options if option.correct)
    return Answer(answer, options, told_by=_told(marking))


def _right_answers(material: Material, record: QuestionRecord, keys: Keys) -> list[str]:
    asked = record.key.ask if record.key else None
    if asked is None:
        mend = "Write under 'key' an 'ask' with question, with and column."
        material.fault(keys, f"a question of kind '{record.kind}' needs a saved question as its key.", mend)
        return []
    found = material.rows(asked, (*keys, "key"))
    if not found and not material.faults:
        material.fault((*keys, "key"), "the saved question names nothing that would be right.", "Ask another.")
    return found


def _is_of_cases(material: Material, key: Key | None) -> bool:
    """Say whether a key is what cases report, and not what documents advise."""
    asked = material.desk.question(key.ask.question) if key and key.ask else None
    return asked is not None and any(parameter.name == "case" for parameter in asked.parameters)


def _term(material: Material, branch: str, word: str) -> Term | None:
    return material.words.find(branch, word) if material.words.knows(branch, word) else None


def _along(material: Material, key: Key | None) -> Term | None:
    """Find the treatment that the key asks about, to whose responses the options belong."""
    word = key.ask.settings.get("treatment") if key and key.ask else None
    return _term(material, "treatment", word) if word else None


def _options(material: Material, record: QuestionRecord, keys: Keys, marking: _Marking) -> Iterator[Option]:
    for index, choice in enumerate(record.options):
        try:
            term = material.words.find(marking.branch, choice.word)
        except ItbkgError as error:
            material.trip((*keys, "options", index), error)
            continue
        correct = choice.word in marking.right or any(_holds(material, one, term, marking) for one in marking.wanted)
        yield _option(material, choice, term, (*keys, "options", index), marking, correct=correct)


def _holds(material: Material, named: Term, option: Term, marking: _Marking) -> bool:
    """Say whether a class that is named makes an option right.

    What a case reports holds for the classes above it, what a document advises for those below it.
    """
    lower, upper = (named, option) if marking.of_cases else (option, named)
    return material.words.is_a(lower, upper)


def _option(material: Material, choice: Choice, term: Term, keys: Keys, marking: _Marking, *, correct: bool) -> Option:
    """Make an option; what a document advises is not marked as dangerous, but what others warn of is told with it."""
    found = evidence_for(material.desk, marking.asking, marking.branch, term, marking.along)
    advised = correct and not marking.of_cases
    said = material.fill(choice.says, (*keys, "says"))
    warned = f"Yet {found.warned}" if advised and found.warned else ""
    feedback = " ".join(part for part in (said, found.feedback, warned) if part)
    harm = "" if advised else " ".join(part for part in (found.warned, found.worse) if part)
    return Option(slug(choice.word), choice.word, correct, None, feedback, harm, found.sources)


def _told(marking: _Marking) -> str:
    """Say what all of the right answers are, those too that are no option."""
    if not marking.right:
        return ""
    shorter = {term.label: term.short for term in marking.wanted}
    named = list(dict.fromkeys(shorter.get(word, word) for word in marking.right))
    if marking.of_cases:
        return f"The report tells of {', '.join(named)}."
    return f"Guidance for this event names {', '.join(sorted(named))}."


def _check(material: Material, record: QuestionRecord, keys: Keys, options: Sequence[Option]) -> None:
    if material.faults:
        return
    right = [option for option in options if option.correct]
    if record.kind == "single" and len(right) != 1:
        message = f"{len(right)} of the options are right by the key, and one must be."
        material.fault((*keys, "options"), message, "Ask 'several', or change the options.")
    elif not right or len(right) == len(options):
        message = f"{len(right)} of {len(options)} options are right by the key."
        material.fault((*keys, "options"), message, "Give at least one right and one wrong option.")
    if len({option.id for option in options}) != len(options):
        material.fault((*keys, "options"), "two options are one word.", "Take one out.")
