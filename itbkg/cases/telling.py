"""One case as it is told: patient, therapy, course, causes and outcomes, each with its place."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from itbkg.cases import queries
from itbkg.cases.account import CaseAccount, Entry, Link, PatientAccount, TherapyAccount
from itbkg.cases.listing import case_ids
from itbkg.cases.names import nearest
from itbkg.cases.publications import read_reference
from itbkg.cases.rows import named_rows, number, whole
from itbkg.errors import NotFoundError
from itbkg.network import causal_chain, causal_paths
from itbkg.store import Store

#: By statement: findings with how they responded, and by property and statement what is named.
Pairs = Mapping[str, Sequence[tuple[str, str]]]
Names = Mapping[tuple[str, str], Sequence[str]]


def tell_case(store: Store, case: str) -> CaseAccount:
    """Tell the case with the id `publication/case`; NotFoundError, with ids of like spelling, where there is none."""
    known = case_ids(store)
    if case not in known:
        raise NotFoundError("case", case, nearest(case, known))
    iri = known[case]
    head = named_rows(store, queries.HEAD, case=iri)[0]
    (reference,) = map(read_reference, named_rows(store, queries.PUBLICATIONS, publication=head["publication"]))
    labels, responses = _labels(store, iri), _responses(store, iri)
    entries = tuple(_entries(store, iri, responses))
    paths = tuple(tuple(path) for path in causal_paths(causal_chain(store, iri)))
    return CaseAccount(
        id=case,
        iri=iri,
        title=head["title"],
        narrative=head["narrative"],
        events=labels["event"],
        event_place=head["eventPlace"],
        episodes=whole(head["episodes"]),
        circumstances=labels["circumstance"],
        clock=head["clock"],
        same_patient_as=labels["same patient"],
        told_again_in=labels["told again"],
        distinct_from=labels["distinct"],
        reference=reference,
        patient=_patient(store, iri, labels),
        therapy=_therapy(store, iri, responses),
        course=tuple(entry for entry in entries if entry.order is not None and entry.kind != "outcome"),
        implied=tuple(entry for entry in entries if entry.order is None),
        causal_paths=paths,
        causes=_links(store, iri, paths),
        outcomes=tuple(entry for entry in entries if entry.kind == "outcome"),
    )


def _labels(store: Store, case: str) -> defaultdict[str, tuple[str, ...]]:
    labels: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for row in named_rows(store, queries.LABELS, case=case):
        labels[row["what"]] += (row["label"],)
    return labels


def _responses(store: Store, case: str) -> Pairs:
    pairs: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in named_rows(store, queries.RESPONSES, case=case):
        pairs[row["statement"]].append((row["finding"], row["response"]))
    return pairs


def _named(store: Store, case: str) -> Names:
    names: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for row in named_rows(store, queries.NAMED, case=case):
        names[row["property"].rsplit("/", 1)[-1], row["statement"]].append(row["named"])
    return names


def _patient(store: Store, case: str, labels: Mapping[str, tuple[str, ...]]) -> PatientAccount:
    (row,) = named_rows(store, queries.PATIENT, case=case)
    return PatientAccount(
        sex=row["sex"],
        age=row["age"],
        age_minimum_years=number(row["ageMinimum"]),
        age_maximum_years=number(row["ageMaximum"]),
        age_groups=labels["age group"],
        conditions=labels["condition"],
        detail=row["detail"],
        printed=row["printed"],
        discrepancy=row["discrepancy"],
        place=row["place"],
    )


def _therapy(store: Store, case: str, responses: Pairs) -> TherapyAccount | None:
    for row in named_rows(store, queries.THERAPY, case=case):
        return TherapyAccount(
            dose=row["dose"],
            concentration=row["concentration"],
            pump=row["pump"],
            months_since_implant=number(row["monthsSinceImplant"]),
            benefit=tuple(responses.get(row["therapy"], ())),
            detail=row["detail"],
            printed=row["printed"],
            discrepancy=row["discrepancy"],
            place=row["place"],
        )
    return None


def _entries(store: Store, case: str, responses: Pairs) -> Iterator[Entry]:
    names = _named(store, case)
    for row in named_rows(store, queries.COURSE, case=case):
        yield _entry(row, responses, names)


def _entry(row: Mapping[str, str], responses: Pairs, names: Names) -> Entry:
    iri = row["statement"]
    return Entry(
        iri=iri,
        kind=row["kind"],
        label=row["label"],
        class_iri=row["class"],
        order=whole(row["order"]),
        earliest_hours=number(row["earliest"]),
        latest_hours=number(row["latest"]),
        hospital_day=whole(row["hospitalDay"]),
        value=row["value"],
        reference_range=row["reference"],
        may_be=tuple(names.get(("possibleClass", iri), ())),
        interval=row["interval"],
        route=row["route"],
        approach=row["approach"],
        severity=row["severity"],
        became=row["became"],
        detail=row["detail"],
        printed=row["printed"],
        discrepancy=row["discrepancy"],
        implied_by=row["impliedBy"],
        place=row["place"],
        responses=tuple(responses.get(iri, ())),
        shows=tuple(names.get(("shows", iri), ())),
    )


def _links(store: Store, case: str, paths: Sequence[Sequence[str]]) -> tuple[Link, ...]:
    """Read the links, in the order in which the paths meet them."""
    rows: dict[str, dict[str, str]] = {}
    bases: defaultdict[str, list[str]] = defaultdict(list)
    for row in named_rows(store, queries.LINKS, case=case):
        rows.setdefault(row["link"], row)
        bases[row["link"]].append(row["basis"])
    met = {pair: place for place, pair in enumerate(dict.fromkeys(pair for path in paths for pair in pairwise(path)))}
    links = [_link(row, bases[iri]) for iri, row in rows.items()]
    return tuple(sorted(links, key=lambda link: (met.get((link.cause, link.effect), len(met)), link.iri)))


def _link(row: Mapping[str, str], basis: Sequence[str]) -> Link:
    return Link(
        iri=row["link"],
        cause=row["cause"],
        effect=row["effect"],
        certainty=row["certainty"],
        basis=tuple(dict.fromkeys(basis)),
        detail=row["detail"],
        printed=row["printed"],
        discrepancy=row["discrepancy"],
        place=row["place"],
    )
