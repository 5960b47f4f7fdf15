"""Checks that a record makes sense as a whole: values, times, names, the causal chain."""

from collections.abc import Iterator
from decimal import Decimal

from rdflib import URIRef

from itbkg.curation.chain import check_chain
from itbkg.curation.found import Found, check_names, problem_at
from itbkg.curation.nodes import Node
from itbkg.errors import Problem
from itbkg.naming import line_names
from itbkg.records import Case, DelayLine, InvestigationLine, MeasurementLine, Publication, Quantity
from itbkg.vocabulary import Measure, Vocabulary
from itbkg.windows import window

#: A narrative has from and to so many words.
NARRATIVE_WORDS = (60, 200)
#: Ages above this, in years, are one class.
OLDEST = 89


def check_sense(record: Publication, root: Node, name: str, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield every problem with the meaning of a record that has the right form; `root` must match the record."""
    for found in _case_ids(record):
        yield problem_at(found, root, name)
    for index, case in enumerate(record.cases):
        chain = () if _links_refused(root, index) else (_shown_causes, _chain)
        for check in (_narrative, _age, _doses, _measurements, _durations, _clock, _times, _names, *chain):
            for found in check(case, vocabulary):
                keys = ("cases", index, *found.keys)
                yield problem_at(Found(keys, found.message, found.mend), root, name)


def _links_refused(root: Node, index: int) -> bool:
    """Say whether links of a case were set aside; what then seems to be missing in its chain may stand in them."""
    cases = root.child("cases")
    case = cases.child(index) if cases else None
    causes = case.child("causes") if case else None
    return any(node is not None and node.pruned for node in (case, causes))


def _case_ids(record: Publication) -> Iterator[Found]:
    ids = [case.id for case in record.cases]
    for index, case in enumerate(ids):
        if case in ids[:index]:
            yield Found(("cases", index, "id"), f"a second case has the id '{case}'.", "Give each its own.")


def _narrative(case: Case, vocabulary: Vocabulary) -> Iterator[Found]:
    """Want a story that is neither a title nor the report again."""
    del vocabulary
    words, (least, most) = len(case.narrative.split()), NARRATIVE_WORDS
    if not least <= words <= most:
        message = f"the narrative has {words} words."
        yield Found(("narrative",), message, f"Tell the case in {least} to {most} words of your own.")


def _age(case: Case, vocabulary: Vocabulary) -> Iterator[Found]:
    """Want ages above 89 as one class, as HIPAA does (45 CFR 164.514(b)(2)(i)(C)): the oldest could be recognised."""
    age = case.patient.age
    if age is None or not vocabulary.units.compatible(age.unit, "a"):
        return
    ends = [vocabulary.units.convert(end, age.unit, "a") for end in (age.minimum, age.maximum) if end is not None]
    if any(end > OLDEST for end in ends):
        message = f"'{age.text}' would tell an age above {OLDEST} years."
        yield Found(("patient", "age"), message, f"Write '>{OLDEST} a'.")


def _doses(case: Case, vocabulary: Vocabulary) -> Iterator[Found]:
    """Want the dose of the therapy per time, and the concentration as a mass in a volume."""
    therapy = case.therapy
    for key, unit in (("dose", "ug/d"), ("concentration", "ug/mL")) if therapy else ():
        quantity = getattr(therapy, key)
        if quantity and not vocabulary.units.compatible(quantity.unit, unit):
            yield Found(("therapy", key), f"'{quantity.unit}' does not convert to {unit}.", f"Give it in {unit}.")


def _clock(case: Case, vocabulary: Vocabulary) -> Iterator[Found]:
    """Want a clock where times are counted from it."""
    del vocabulary
    lines = [*case.course, *case.outcomes]
    timed = any(line.at is not None for line in lines) or bool(case.therapy and case.therapy.implanted_before)
    if timed and case.clock is None:
        mend = "Say under 'clock' from which moment they count, such as 'first symptom'."
        yield Found((), "times are given, but not what they are counted from.", mend)


def _measurements(case: Case, vocabulary: Vocabulary) -> Iterator[Found]:
    for index, line in enumerate(case.course):
        if isinstance(line, MeasurementLine):
            term = vocabulary.words.resolve(line.measurement, ("Measurement",))
            measure = vocabulary.measures.get(term.iri)
            for key, message, mend in _measurement(line, measure, vocabulary):
                yield Found(("course", index, key), message, mend)


def _measurement(
    line: MeasurementLine, measure: Measure | None, vocabulary: Vocabulary
) -> Iterator[tuple[str, str, str]]:
    word, units = line.measurement, vocabulary.units
    if measure is None:
        mend = "Name one kind of it, or give its class a canonical unit in the ontology."
        yield "measurement", f"'{word}' groups several kinds of measurement.", mend
    elif not units.compatible(line.value.unit, measure.unit):
        mend = f"Give it in a unit that converts to {measure.unit}."
        yield "value", f"'{line.value.unit}' is no unit of {word}.", mend
    else:
        yield from _plausible(line.value, measure, vocabulary, word)
    if line.normal and not line.discrepancy and not units.compatible(line.normal.unit, line.value.unit):
        mend = "Correct it, or say under 'discrepancy' that the report prints it so."
        yield "normal", f"the range is in {line.normal.unit}, the value in {line.value.unit}.", mend


def _plausible(value: Quantity, measure: Measure, vocabulary: Vocabulary, word: str) -> Iterator[tuple[str, str, str]]:
    for end in {value.minimum, value.maximum} - {None}:
        converted = vocabulary.units.convert(Decimal(str(end)), value.unit, measure.unit)
        low, high = measure.minimum, measure.maximum
        if (low is not None and converted < low) or (high is not None and converted > high):
            message = f"{value.text} is outside what is possible for {word} ({low} to {high} {measure.unit})."
            yield "value", message, "Look at the report again: number, decimal point, unit."


def _durations(case: Case, vocabulary: Vocabulary) -> Iterator[Found]:
    """Want times, ages, intervals and delays in a unit of time."""
    quantities: list[tuple[tuple[str | int, ...], Quantity | None]] = [
        (("patient", "age"), case.patient.age),
        (("therapy", "implanted_before"), case.therapy.implanted_before if case.therapy else None),
    ]
    for part, lines in (("course", case.course), ("outcomes", case.outcomes)):
        for index, line in enumerate(lines):
            quantities.append(((part, index, "at"), line.at))
            quantities.append(((part, index, "every"), getattr(line, "every", None)))
            if isinstance(line, DelayLine):
                quantities.append(((part, index, "lasted"), line.lasted))
    for keys, quantity in quantities:
        if quantity and not vocabulary.units.compatible(quantity.unit, "h"):
            yield Found(keys, f"'{quantity.unit}' is no unit of time.", "Use h, d, wk, mo or a.")


def _times(case: Case, vocabulary: Vocabulary) -> Iterator[Found]:
    """Want the course told in order: no line is over before a line above it can have begun."""
    clock = case.clock and vocabulary.words.resolve(case.clock, ("Clock",)).iri
    days = isinstance(clock, URIRef) and vocabulary.starts_hospital_days(clock)
    begun: Decimal | None = None
    for index, line in enumerate(case.course):
        if line.at and line.hospital_day:
            mend = "Keep the one that the report gives."
            yield Found(("course", index, "at"), "both 'at' and 'hospital_day' are given.", mend)
        if line.at and not vocabulary.units.compatible(line.at.unit, "h"):
            continue
        span = window(line, vocabulary.units, hospital_days=days)
        if span and span.latest is not None and begun is not None and span.latest < begun:
            message = f"this ends {span.latest} h after clock zero, but a line above it begins only at {begun} h."
            yield Found(("course", index), message, "Put the lines in the order of events, or mend the time.")
        if span and span.earliest is not None:
            begun = span.earliest if begun is None else max(begun, span.earliest)


def _names(case: Case, vocabulary: Vocabulary) -> Iterator[Found]:
    """Two lines may not make nodes of one name."""
    del vocabulary
    parts = (("course", case.course), ("outcomes", case.outcomes))
    lines = (((part, index), line) for part, told in parts for index, line in enumerate(told))
    yield from check_names((keys, name) for keys, line in lines for name in line_names(line))


def _shown_causes(case: Case, vocabulary: Vocabulary) -> Iterator[Found]:
    """Want a cause that an investigation shows to be a link of the chain."""
    causes = {vocabulary.words.resolve(link.cause, ("Cause",)) for link in case.causes}
    for index, line in enumerate(case.course):
        for word in line.shows if isinstance(line, InvestigationLine) else ():
            if not vocabulary.words.find(word, ("Finding",)):
                term = vocabulary.words.resolve(word, ("Cause",))
                if term not in causes:
                    message = f"'{word}' is shown here but stands in no link of the causes."
                    yield Found(("course", index, "shows"), message, "Add the link under 'causes'.")


def _chain(case: Case, vocabulary: Vocabulary) -> Iterator[Found]:
    for index, message, mend in check_chain(case, vocabulary):
        yield Found(("causes", index), message, mend)
