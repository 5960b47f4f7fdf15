"""From the question of a teaching case to the question that is shown: its key and every feedback are computed here."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from itbkg.cases.readable import readable_quantity, readable_time
from itbkg.errors import ItbkgError
from itbkg.guidance import Beside, beside_guidance
from itbkg.naming import slug
from itbkg.teaching.amounts import allowance, converted
from itbkg.teaching.evidence import evidence_for
from itbkg.teaching.lesson import Option, Question, QuestionKind
from itbkg.teaching.material import Keys, Material
from itbkg.teaching.record import Choice, Key, QuestionRecord
from itbkg.teaching.steps import AdvisedStep, advised_steps
from itbkg.teaching.words import Term, Words

_FEWEST_OPTIONS = 2


def make_question(material: Material, record: QuestionRecord, keys: Keys, *, told: bool) -> Question:
    """Make a question with its key; what does not fit becomes a fault. `told` says whether the event may be named."""
    return _MAKERS[record.kind](material, record, keys, told)


def _chosen(material: Material, record: QuestionRecord, keys: Keys, told: bool) -> Question:
    """Make a question whose options are words: right are those that the saved question names."""
    right = _right_answers(material, record, keys)
    options = tuple(_options(material, record, keys, right, told=told))
    _check_options(material, record, keys, options)
    answer = "; ".join(option.text for option in options if option.correct)
    source = "The report tells of" if _is_of_cases(material, record.key) else "The documents name"
    told_by = f"{source} {', '.join(right)}." if right else ""
    explanation = material.fill(record.explanation, (*keys, "explanation")) or told_by
    return _question(record, material, keys, options=options, answer=answer, explanation=explanation)


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


def _options(
    material: Material, record: QuestionRecord, keys: Keys, right: Sequence[str], *, told: bool
) -> Iterator[Option]:
    if record.branch is None:
        material.fault(
            keys, "nothing says what the options are.", "Write 'of: diagnosis', 'of: treatment' or the like."
        )
        return
    branch = record.branch
    along = _along(material, record.key)
    wanted = [term for word in right if (term := _term(material, branch, word))]
    fits = _holds_above if _is_of_cases(material, record.key) else _holds_below
    for index, choice in enumerate(record.options):
        try:
            term = material.words.find(branch, choice.word)
        except ItbkgError as error:
            material.trip((*keys, "options", index), error)
            continue
        correct = choice.word in right or any(fits(material.words, one, term) for one in wanted)
        yield _option(material, choice, (branch, term, along), (*keys, "options", index), correct=correct, told=told)


def _is_of_cases(material: Material, key: Key | None) -> bool:
    """Say whether a key is what cases report, and not what documents advise."""
    asked = material.desk.question(key.ask.question) if key and key.ask else None
    return asked is not None and any(parameter.name == "case" for parameter in asked.parameters)


def _holds_above(words: Words, named: Term, option: Term) -> bool:
    """Say whether what a case reports makes an option right: a class that is named, or one above it."""
    return words.is_a(named, option)


def _holds_below(words: Words, named: Term, option: Term) -> bool:
    """Say whether what a document advises makes an option right: a class that is named, or one below it."""
    return words.is_a(option, named)


def _option(
    material: Material, choice: Choice, word: tuple[str, Term, Term | None], keys: Keys, *, correct: bool, told: bool
) -> Option:
    branch, term, along = word
    found = evidence_for(material.desk, material.asking(told=told), branch, term, along)
    said = material.fill(choice.says, (*keys, "says"))
    feedback = " ".join(part for part in (said, found.feedback) if part)
    return Option(slug(choice.word), choice.word, correct, None, feedback, found.harm, found.sources)


def _term(material: Material, branch: str, word: str) -> Term | None:
    return material.words.find(branch, word) if material.words.knows(branch, word) else None


def _along(material: Material, key: Key | None) -> Term | None:
    """Find the treatment that the key asks about, to whose responses the options belong."""
    word = key.ask.settings.get("treatment") if key and key.ask else None
    return _term(material, "treatment", word) if word else None


def _check_options(material: Material, record: QuestionRecord, keys: Keys, options: Sequence[Option]) -> None:
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


def _ordered(material: Material, record: QuestionRecord, keys: Keys, told: bool) -> Question:
    """Make a question of order: the steps of a document for the event, each beside what the case did."""
    del told
    options = tuple(_steps(material, record, keys))
    if len({option.rank for option in options}) < _FEWEST_OPTIONS and not material.faults:
        message = "the document gives fewer than two steps in order for this event."
        material.fault((*keys, "key"), message, "Name another document; see 'itbkg guidance --for EVENT'.")
    groups = groupby(options, key=lambda option: option.rank)
    answer = "; ".join(f"{rank}. {' or '.join(option.text for option in group)}" for rank, group in groups)
    explanation = material.fill(record.explanation, (*keys, "explanation"))
    return _question(record, material, keys, options=options, answer=answer, explanation=explanation)


def _steps(material: Material, record: QuestionRecord, keys: Keys) -> Iterator[Option]:
    document = record.key.guidance if record.key else None
    if document is None:
        material.fault(keys, "a question of order needs a document as its key.", "Write 'key: {guidance: ...}'.")
        return
    steps = advised_steps(material.desk.store, material.words.find("event", material.account.events[0]).iri)
    laid = beside_guidance(material.desk.store, material.account.id)
    mine = [one for one in steps if one.document == document]
    ranks = {step: rank for rank, step in enumerate(sorted({one.step for one in mine}), 1)}
    for one in mine:
        told = [row for row in laid if (row.document, row.advice) == (document, one.label) and row.act in one.acts]
        yield _step(one, ranks[one.step], told)


def _step(advice: AdvisedStep, rank: int, laid: Sequence[Beside]) -> Option:
    when = f" {advice.condition.rstrip('.')}." if advice.condition else ""
    done = "; ".join(dict.fromkeys(map(_done, laid)))
    beside = f" In this case: {done}." if done else ""
    feedback = f"{advice.document}, step {advice.step}.{when}{beside}"
    text = ", ".join(advice.acts)
    return Option(slug(advice.name), text, False, rank, feedback, "", (f"guidance/{advice.name}",))


def _done(one: Beside) -> str:
    deeds = ", ".join(
        " ".join(filter(None, (deed.label, readable_time(deed.earliest_hours, deed.latest_hours))))
        for deed in one.deeds
    )
    return f"{one.act} {one.state}" + (f" ({deeds})" if deeds else "")


def _numeric(material: Material, record: QuestionRecord, keys: Keys, told: bool) -> Question:
    """Make a question for a number: that of a statement, in another unit where one is wanted."""
    del told
    name = record.key.statement if record.key else None
    piece = material.pieces.get(name or "")
    if piece is None or piece.fact.number is None:
        material.fault((*keys, "key"), f"'{name}' is no statement with one number.", "Name a measurement or a dose.")
        return _question(record, material, keys)
    fact, number = piece.fact, piece.fact.number
    unit = record.key.convert if record.key and record.key.convert else fact.unit
    try:
        wanted = number if unit == fact.unit else converted(material.desk, number, fact.unit, unit)
        tolerance = allowance(wanted, record.tolerance, is_converted=unit != fact.unit)
    except ItbkgError as error:
        material.trip((*keys, "key"), error)
        return _question(record, material, keys)
    answer = readable_quantity(f"{wanted:.10g} {unit}")
    doubt = material.pieces.get(f"{name}/discrepancy")
    told_by = f"{fact.text} is {answer}." if unit != fact.unit else f"{fact.text}."
    doubted = f" {doubt.fact.text.removeprefix(f'{fact.label}: ')}." if doubt else ""
    explanation = material.fill(record.explanation, (*keys, "explanation")) or f"{told_by}{doubted}"
    return _question(
        record, material, keys, answer=answer, number=wanted, tolerance=tolerance, unit=unit, explanation=explanation
    )


def _open(material: Material, record: QuestionRecord, keys: Keys, told: bool) -> Question:
    """Make a question that is answered in the learner's own words."""
    del told
    if not record.answer:
        material.fault(keys, "a text question needs a model answer.", "Write it under 'answer'.")
    answer = material.fill(record.answer, (*keys, "answer"))
    explanation = material.fill(record.explanation, (*keys, "explanation"))
    return _question(record, material, keys, answer=answer, explanation=explanation)


def _question(
    record: QuestionRecord,
    material: Material,
    keys: Keys,
    *,
    options: tuple[Option, ...] = (),
    answer: str = "",
    number: float | None = None,
    tolerance: float = 0.0,
    unit: str = "",
    explanation: str = "",
) -> Question:
    prompt = material.fill(record.prompt, (*keys, "prompt"))
    sources = (material.account.id, *_asked(record.key))
    return Question(record.id, record.kind, prompt, options, answer, number, tolerance, unit, explanation, sources)


def _asked(key: Key | None) -> Iterator[str]:
    """Name what a key was computed from."""
    if key is not None:
        named = (key.ask.question if key.ask else None, key.statement, key.guidance)
        yield from (name for name in named if name)


_MAKERS: Mapping[QuestionKind, Callable[[Material, QuestionRecord, Keys, bool], Question]] = {
    "single": _chosen,
    "several": _chosen,
    "order": _ordered,
    "numeric": _numeric,
    "text": _open,
}
