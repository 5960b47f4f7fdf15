"""What is told of a case. A text is empty, a list has no member and a number is None where the report does not say."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reference:
    """The publication that tells a case.

    `citation` says whether all that is cited was seen on a page, `status` whether the publication was retracted,
    corrected or questioned, `read_as` how much of it was read, `review` whether a second reading confirmed the record.
    """

    id: str
    iri: str
    title: str
    authors: str
    year: int | None
    journal: str
    volume: str
    issue: str
    pages: str
    doi: str
    pmid: str
    pmcid: str
    address: str
    licence: str
    citation: str
    status: str
    read_as: str
    secondary_source: str
    review: str
    note: str


@dataclass(frozen=True, slots=True)
class PatientAccount:
    """The patient; `age` as the record writes it in UCUM units, its bounds in years."""

    sex: str
    age: str
    age_minimum_years: float | None
    age_maximum_years: float | None
    age_groups: tuple[str, ...]
    conditions: tuple[str, ...]
    detail: str
    printed: str
    discrepancy: str
    place: str


@dataclass(frozen=True, slots=True)
class TherapyAccount:
    """The therapy as it stood before the event; `benefit` maps a finding to how it had responded."""

    dose: str
    concentration: str
    pump: str
    months_since_implant: float | None
    benefit: tuple[tuple[str, str], ...]
    detail: str
    printed: str
    discrepancy: str
    place: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One statement of the course or an outcome; hours are counted from the case's clock zero.

    `order` is None for a finding that the report does not state and a measurement implies; statements of one line of
    the record share one. `responses` maps a finding, or the event as a whole, to how it responded to the treatment;
    `shows` lists what an investigation found or found absent; `may_be` the kinds of measurement between which the
    report does not settle.
    """

    iri: str
    kind: str
    label: str
    class_iri: str
    order: int | None
    earliest_hours: float | None
    latest_hours: float | None
    hospital_day: int | None
    value: str
    reference_range: str
    may_be: tuple[str, ...]
    interval: str
    route: str
    approach: str
    severity: str
    became: str
    detail: str
    printed: str
    discrepancy: str
    implied_by: str
    place: str
    responses: tuple[tuple[str, str], ...]
    shows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the causal chain, with its evidence."""

    iri: str
    cause: str
    effect: str
    certainty: str
    basis: tuple[str, ...]
    detail: str
    printed: str
    discrepancy: str
    place: str


@dataclass(frozen=True, slots=True)
class CaseAccount:
    """A whole case as a reader wants it.

    `therapy` is None where the report tells nothing of it. `same_patient_as` names the cases that this one tells again,
    `told_again_in` those that tell this one again, `distinct_from` cases that look alike and are of other people.
    `causal_paths` are the ways from each first cause to the event, and the links of `causes` stand in their order.
    """

    id: str
    iri: str
    title: str
    narrative: str
    events: tuple[str, ...]
    event_place: str
    episodes: int | None
    circumstances: tuple[str, ...]
    clock: str
    same_patient_as: tuple[str, ...]
    told_again_in: tuple[str, ...]
    distinct_from: tuple[str, ...]
    reference: Reference
    patient: PatientAccount
    therapy: TherapyAccount | None
    course: tuple[Entry, ...]
    implied: tuple[Entry, ...]
    causal_paths: tuple[tuple[str, ...], ...]
    causes: tuple[Link, ...]
    outcomes: tuple[Entry, ...]
