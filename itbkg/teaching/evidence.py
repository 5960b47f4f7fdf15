"""Why an option is right or wrong: in how many cases it is reported, what came of it, and what documents advise.

The sentences are the same for every word of a branch; which words there are is the ontology's affair. Where no report
and no document names a word, that is said.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from itbkg.teaching.asking import Desk, Row
from itbkg.teaching.words import Term

#: Senses in which a document speaks of danger.
_DANGERS = ("advised against", "contraindication", "warning")
_MOST_ADVICE = 2


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of an option: the feedback, the harm (empty unless it is dangerous), and whence it comes."""

    feedback: str
    harm: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asking:
    """Among which cases is counted: those of an event (IRI and label), or all where it is not yet told."""

    case: str
    event: str = ""
    event_label: str = ""

    @property
    def among(self) -> str:
        """Say among which cases."""
        return f"cases of {self.event_label} in the corpus" if self.event else "cases in the corpus"


def evidence_for(desk: Desk, asking: Asking, branch: str, term: Term, along: Term | None = None) -> Evidence:
    """Gather the evidence for a word of a branch.

    `along` is the treatment to which a response is counted. What a document says is told once the event may be told.
    """
    if branch == "response":
        return _response(desk, asking, term, along)
    rows = desk.rows("reports-of", thing=term.iri, event=asking.event)
    told = " ".join(_COUNTED[branch](rows, desk.counted(asking.event), asking))
    acts = branch in ("treatment", "investigation")
    advice = _for_event(desk, asking, desk.rows("advice-on-act", act=term.iri)) if acts and asking.event else ()
    said = " ".join(_advice(advice))
    silent = "" if advice or not (acts and asking.event) else "No document of the corpus names it for this event."
    sources = (*_cases(rows), *dict.fromkeys(f"guidance/{row['statement']}" for row in advice))
    return Evidence(" ".join(part for part in (told, said, silent) if part), _harm(rows, advice, asking), sources)


def _for_event(desk: Desk, asking: Asking, advice: Sequence[Row]) -> tuple[Row, ...]:
    """Keep what is about the event, about a wider one or about none in particular."""
    event = desk.words.find("event", asking.event_label)
    about = {row["event"] for row in advice if row["event"]}
    fitting = {"", *(label for label in about if desk.words.is_a(event, desk.words.find("event", label)))}
    return tuple(row for row in advice if row["event"] in fitting)


def _cases(rows: Sequence[Row], sense: str = "") -> tuple[str, ...]:
    return tuple(dict.fromkeys(row["case"] for row in rows if not sense or row["sense"] == sense))


def _treatment(rows: Sequence[Row], of: int, asking: Asking) -> Iterator[str]:
    given = _cases(rows)
    if not given:
        yield f"None of the {of} {asking.among} tells of it: the corpus is silent."
        return
    yield f"Reported for {len(given)} of {of} {asking.among}."
    good, bad = {*_cases(rows, "benefit")}, {*_cases(rows, "no benefit")}
    silent = len({*given} - good - bad)
    if good or bad:
        both = f", and in {len(good & bad)} both are told" if good & bad else ""
        worse = len(_cases(rows, "worse"))
        added = f" (in {worse} of them things got worse)" if worse else ""
        yield f"It was judged helpful in {len(good - bad)} and ineffective in {len(bad - good)}{added}{both}."
    if silent:
        yield f"{_for(silent)} the effect is not reported."


def _diagnosis(rows: Sequence[Row], of: int, asking: Asking) -> Iterator[str]:
    thought = _cases(rows)
    if not thought:
        yield f"None of the {of} {asking.among} tells that it was considered: the corpus is silent."
        return
    yield f"Considered in {len(thought)} of {of} {asking.among}."
    fates = [(sense, {*_cases(rows, sense)}) for sense in ("confirmed", "rejected", "left open")]
    told = ", ".join(f"{sense} in {len(cases)}" for sense, cases in fates if cases)
    silent = len({*thought}.difference(*(cases for _, cases in fates)))
    if told:
        yield f"It was {told}."
    if silent:
        yield f"{_for(silent)} the report does not say what became of it."


def _investigation(rows: Sequence[Row], of: int, asking: Asking) -> Iterator[str]:
    made = _cases(rows)
    if not made:
        yield f"None of the {of} {asking.among} tells of it: the corpus is silent."
        return
    yield f"Reported for {len(made)} of {of} {asking.among}; it showed a cause in {len(_cases(rows, 'shows a cause'))}."


def _named(verb: str) -> Callable[[Sequence[Row], int, Asking], Iterator[str]]:
    def told(rows: Sequence[Row], of: int, asking: Asking) -> Iterator[str]:
        cases = _cases(rows)
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


def _for(number: int) -> str:
    return f"In {number} {'case' if number == 1 else 'cases'}"


#: How the reports of a word are told, by branch.
_COUNTED: Mapping[str, Callable[[Sequence[Row], int, Asking], Iterator[str]]] = {
    "treatment": _treatment,
    "diagnosis": _diagnosis,
    "investigation": _investigation,
    "finding": _finding,
    "cause": _named("Named as a cause"),
    "outcome": _named("Reported as outcome"),
    "event": _named("Reported"),
}


def _response(desk: Desk, asking: Asking, term: Term, along: Term | None) -> Evidence:
    """Count how often a treatment had a response, among the cases that were given it."""
    if along is None:
        return Evidence("The corpus is silent: no treatment is named to which it would be the response.", "", ())
    rows = desk.rows("reports-of", thing=along.iri, event=asking.event)
    mine = tuple(row for row in rows if row["result"] in term.names)
    given, found = _cases(rows), _cases(mine)
    telling = {row["case"] for row in rows if row["sense"]}
    silent = len({*given} - telling)
    text = (
        f"After {along.label} this is reported for {len(found)} of the {len(given)} {asking.among} "
        "in which it was given; "
        f"{_for(silent).lower()} the effect is not reported."
    )
    return Evidence(text, "", found)


def _advice(advice: Sequence[Row]) -> Iterator[str]:
    """Tell what documents advise, the first few of them."""
    advised = list({row["statement"]: row for row in advice if row["sense"] == "advised"}.values())
    for row in advised[:_MOST_ADVICE]:
        step = f", step {row['step']}," if row["step"] else ""
        when = f" ({_small(row['condition'])})" if row["condition"] else ""
        yield f"{row['document']}{step} advises {row['act']}{when}."
    more = len(advised) - _MOST_ADVICE
    if more > 0:
        yield f"{more} more {'statement of guidance does so' if more == 1 else 'statements of guidance do so'} too."


def _harm(rows: Sequence[Row], advice: Sequence[Row], asking: Asking) -> str:
    """Say why an option is dangerous: by a document, or by cases in which things got worse."""
    against = {row["statement"]: row for row in advice if row["sense"] in _DANGERS}
    told = [_against(row) for row in against.values()]
    worse, given = _cases(rows, "worse"), _cases(rows)
    if worse:
        told.append(
            f"Things got worse after it in {len(worse)} of the {len(given)} {asking.among} in which it was given."
        )
    return " ".join(told)


def _against(row: Row) -> str:
    when = f" ({_small(row['condition'])})" if row["condition"] else ""
    follows = f"; it can lead to {row['consequence']}" if row["consequence"] else ""
    verb = "advises against" if row["sense"] == "advised against" else f"has a {row['sense']} on"
    return f"{row['document']} {verb} {row['act']}{when}{follows}."


def _small(text: str) -> str:
    return f"{text[:1].lower()}{text[1:]}"
