"""Questions of order: the steps of a document for the event, each beside what the case did."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from itbkg.cases.readable import readable_time
from itbkg.guidance import Beside
from itbkg.naming import slug
from itbkg.teaching.lesson import Option
from itbkg.teaching.material import Keys, Material
from itbkg.teaching.questioning import Answer
from itbkg.teaching.record import QuestionRecord
from itbkg.teaching.steps import AdvisedStep, advised_steps

_FEWEST = 2


def order_asked(material: Material, record: QuestionRecord, keys: Keys) -> Answer:
    """Return the steps of the document that the key names, in its order; alternatives share a rank."""
    options = tuple(_steps(material, record, keys))
    if len({option.rank for option in options}) < _FEWEST and not material.faults:
        message = "the document gives fewer than two steps in order for this event."
        material.fault((*keys, "key"), message, "Name another document; see 'itbkg guidance --for EVENT'.")
    groups = groupby(options, key=lambda option: option.rank)
    text = "; ".join(f"{rank}. {' or '.join(option.text for option in group)}" for rank, group in groups)
    return Answer(text, options)


def _steps(material: Material, record: QuestionRecord, keys: Keys) -> Iterator[Option]:
    document = record.key.guidance if record.key else None
    if document is None:
        material.fault(keys, "a question of order needs a document as its key.", "Write 'key: {guidance: ...}'.")
        return
    steps = advised_steps(material.desk.store, material.words.find("event", material.account.events[0]).iri)
    laid = material.desk.laid(material.account.id)
    mine = [one for one in steps if one.document == document]
    ranks = {step: rank for rank, step in enumerate(sorted({one.step for one in mine}), 1)}
    for one in mine:
        told = [row for row in laid if (row.document, row.advice) == (document, one.label) and row.act in one.acts]
        yield _step(one, ranks[one.step], told)


def _step(advice: AdvisedStep, rank: int, laid: Sequence[Beside]) -> Option:
    when = f" {advice.condition.rstrip('.')}." if advice.condition else ""
    done = "; ".join(dict.fromkeys(map(_done, laid)))
    beside = f" In this case: {done}." if done else ""
    place = f"{advice.document} has it as its step {advice.step}."
    text = " or ".join(advice.acts)
    return Option(slug(advice.name), text, False, rank, f"{place}{when}{beside}", "", (f"guidance/{advice.name}",))


def _done(one: Beside) -> str:
    deeds = ", ".join(
        " ".join(filter(None, (deed.label, readable_time(deed.earliest_hours, deed.latest_hours))))
        for deed in one.deeds
    )
    return f"{one.act} {one.state}" + (f" ({deeds})" if deeds else "")
