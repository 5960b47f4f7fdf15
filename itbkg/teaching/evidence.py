"""Why an option is right or wrong: what is counted of it, and what documents advise or warn of."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from itbkg.teaching.asking import Desk, Row
from itbkg.teaching.counting import COUNTED, Asking, cases_of, in_cases
from itbkg.teaching.words import Term

#: Senses in which a document speaks of danger.
_DANGERS = ("advised against", "contraindication", "warning")
_MOST_ADVICE = 2


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of an option: the feedback, and whence it comes.

    `warned` says which documents speak against it, `worse` in how many cases it did harm; empty where there is none.
    """

    feedback: str
    warned: str
    worse: str
    sources: tuple[str, ...]


def evidence_for(desk: Desk, asking: Asking, branch: str, term: Term, along: Term | None = None) -> Evidence:
    """Gather the evidence for a word of a branch.

    `along` is the treatment to which a response is counted. What a document says is told once the event may be told.
    """
    if branch == "response":
        return _response(desk, asking, term, along)
    rows = desk.rows("reports-of", thing=term.iri, event=asking.event)
    told = " ".join(COUNTED[branch](rows, desk.counted(asking.event), asking))
    acts = branch in ("treatment", "investigation")
    advice = _for_event(desk, asking, desk.rows("advice-on-act", act=term.iri)) if acts and asking.event else ()
    said = " ".join(_advice(advice, asking.unordered))
    silent = "" if advice or not (acts and asking.event) else "No document of the corpus names it for this event."
    sources = asking.named((*cases_of(rows), *(f"guidance/{row['statement']}" for row in advice)))
    feedback = " ".join(part for part in (told, said, silent) if part)
    return Evidence(feedback, _warned(advice), _worse(rows, asking), sources)


def _for_event(desk: Desk, asking: Asking, advice: Sequence[Row]) -> tuple[Row, ...]:
    """Keep what is about the event or a wider one; what is about none is about whom to treat at all."""
    event = desk.words.find("event", asking.event_label)
    about = {row["event"] for row in advice if row["event"]}
    fitting = {label for label in about if desk.words.is_a(event, desk.words.find("event", label))}
    return tuple(row for row in advice if row["event"] in fitting)


def _response(desk: Desk, asking: Asking, term: Term, along: Term | None) -> Evidence:
    """Count how often a treatment had a response, among the cases that were given it."""
    if along is None:
        return Evidence("The corpus is silent: no treatment is named to which it would be the response.", "", "", ())
    rows = desk.rows("reports-of", thing=along.iri, event=asking.event)
    mine = tuple(row for row in rows if row["result"] in term.names)
    given, found = cases_of(rows), cases_of(mine)
    telling = {row["case"] for row in rows if row["sense"]}
    silent = len({*given} - telling)
    text = (
        f"After {along.label} this is reported for {len(found)} of the {len(given)} {asking.among} "
        "in which it was given; "
        f"{in_cases(silent).lower()} the effect is not reported."
    )
    return Evidence(text, "", "", asking.named(found))


def _advice(advice: Sequence[Row], unordered: Collection[str]) -> Iterator[str]:
    """Tell what documents advise, the first few of them."""
    advised = list({row["statement"]: row for row in advice if row["sense"] == "advised"}.values())
    for row in advised[:_MOST_ADVICE]:
        step = f", step {row['step']}," if row["step"] and row["document"] not in unordered else ""
        when = f" ({_small(row['condition'])})" if row["condition"] else ""
        yield f"{row['document']}{step} advises {row['act']}{when}."
    more = len(advised) - _MOST_ADVICE
    if more > 0:
        yield f"{more} more {'statement of guidance does so' if more == 1 else 'statements of guidance do so'} too."


def _warned(advice: Sequence[Row]) -> str:
    """Say which documents speak against an option."""
    against = {row["statement"]: row for row in advice if row["sense"] in _DANGERS}
    return " ".join(_against(row) for row in against.values())


def _worse(rows: Sequence[Row], asking: Asking) -> str:
    """Say in how many cases things got worse after it."""
    worse, given = cases_of(rows, "worse"), cases_of(rows)
    if not worse:
        return ""
    return f"Things got worse after it in {len(worse)} of the {len(given)} {asking.among} in which it was given."


def _against(row: Row) -> str:
    when = f" ({_small(row['condition'])})" if row["condition"] else ""
    follows = f"; it can lead to {row['consequence']}" if row["consequence"] else ""
    verb = "advises against" if row["sense"] == "advised against" else f"has a {row['sense']} on"
    return f"{row['document']} {verb} {row['act']}{when}{follows}."


def _small(text: str) -> str:
    return f"{text[:1].lower()}{text[1:]}"
