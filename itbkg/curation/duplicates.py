"""What is told twice: one publication in two files, one patient in two cases; and names that lead to nothing.

Everybody counts once: of the cases that tell of one patient, all but one say `same_patient_as` that one.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from itbkg.curation.found import Found
from itbkg.curation.gathered import Printed, Records, printed
from itbkg.curation.likeness import folded_title, surnames, told_cases, years_near
from itbkg.curation.suspicions import alike, shared_surnames
from itbkg.records import Case, Published
from itbkg.vocabulary import Vocabulary

_IDENTIFIERS = ("doi", "pmid", "pmcid")


@dataclass(frozen=True, slots=True)
class Clash:
    """A problem of one record with the others: the kind and id of the record, and what is found in it."""

    kind: str
    record: str
    found: Found


def check_together(records: Records, vocabulary: Vocabulary, *, complete: bool) -> Iterator[Clash]:
    """Yield every problem that shows only in many records together.

    `complete` says that these are all records of a corpus: then what none of them bears is a name of nothing.
    """
    citations = list(printed(records))
    for key in _IDENTIFIERS:
        yield from _same_identifier(citations, key)
    yield from _same_title(citations)
    yield from _contradictions(citations)
    yield from _undeclared(records, vocabulary)
    for name, record in records.cases.items():
        for index, case in enumerate(record.cases):
            for key, message, mend in _references(f"{name}/{case.id}", case, records, complete=complete):
                yield Clash("cases", name, Found(("cases", index, key), message, mend))
    if complete:
        yield from _unknown_papers(records)


def _same_identifier(citations: list[Printed], key: str) -> Iterator[Clash]:
    bearers: dict[str, Printed] = {}
    for citation in citations:
        identifier = getattr(citation.report, key)
        first = bearers.setdefault(identifier.casefold(), citation) if identifier else citation
        if first.paper != citation.paper:
            message = f"{key.upper()} {identifier} is that of {first.file} too."
            yield _clash(citation, key, message, _ONE_RECORD)


_ONE_RECORD = "Keep one file for one publication (guidance says 'advice_of'), or mend what is cited."


def _same_title(citations: list[Printed]) -> Iterator[Clash]:
    """Want titles apart, unless the first authors are others."""
    bearers: defaultdict[str, list[Printed]] = defaultdict(list)
    for citation in citations:
        title = folded_title(citation.report.title)
        twin = next((one for one in bearers[title] if one.paper != citation.paper and _may_be_one(one, citation)), None)
        bearers[title].append(citation)
        if twin:
            yield _clash(citation, "title", f"the title is that of {twin.file} too.", _ONE_RECORD)


def _may_be_one(one: Printed, other: Printed) -> bool:
    first, second = (surnames(citation.report.authors[:1]) for citation in (one, other))
    return not (first and second) or first == second


def _contradictions(citations: list[Printed]) -> Iterator[Clash]:
    """Want files of one publication to cite it by the same identifiers."""
    papers: dict[str, Printed] = {}
    for citation in citations:
        first = papers.setdefault(citation.paper, citation)
        for key in _IDENTIFIERS:
            given, other = getattr(citation.report, key), getattr(first.report, key)
            if given and other and given.casefold() != other.casefold():
                message = f"{key.upper()} {given} is not the one of {first.file}, {other}."
                yield _clash(
                    citation, key, message, "Mend the wrong one, or give the publications files of other names."
                )


def _undeclared(records: Records, vocabulary: Vocabulary) -> Iterator[Clash]:
    """Want it said of two cases that are the same in all that is compared whether they are of one patient."""
    for one, other in combinations(told_cases(records, vocabulary), 2):
        same = alike(one, other) and (one.ages, one.causes, one.events) == (other.ages, other.causes, other.events)
        near = years_near(one.report.year, other.report.year)
        if same and near and shared_surnames(one, other) and not one.declared(other):
            message = f"event, causes, sex, age and an author are those of {one.name}."
            mend = f"Say 'same_patient_as: {one.name}', or 'distinct_from: [{one.name}]' if it is another patient."
            index = records.cases[other.publication].cases.index(other.case)
            yield Clash("cases", other.publication, Found(("cases", index), message, mend))


def _references(name: str, case: Case, records: Records, *, complete: bool) -> Iterator[tuple[str, str, str]]:
    """Look at what a case says of other cases; yield (key, what is wrong, how to mend it)."""
    for key, other in _named(case):
        target = _find(other, records)
        if other == name:
            yield key, "the case names itself.", "Name another case, or leave it out."
        elif target is None and (complete or other.split("/")[0] in records.cases):
            yield key, f"there is no case '{other}'.", "Name a case by file and id, like 'mohammed-2004/1'."
        elif key == "same_patient_as" and target and target.same_patient_as:
            mend = "Of all cases of one patient, leave one without it, and name that one in all others."
            yield key, f"'{other}' itself says '{target.same_patient_as}': no one case stands for the patient.", mend
        elif key == "same_patient_as" and (other in case.distinct_from or (target and name in target.distinct_from)):
            yield key, f"'{other}' is said to be another patient too.", "Keep the one that is true."


def _named(case: Case) -> Iterator[tuple[str, str]]:
    if case.same_patient_as:
        yield "same_patient_as", case.same_patient_as
    yield from (("distinct_from", other) for other in case.distinct_from)


def _find(name: str, records: Records) -> Case | None:
    publication, _, given = name.partition("/")
    record = records.cases.get(publication)
    return next((case for case in record.cases if case.id == given), None) if record else None


def _unknown_papers(records: Records) -> Iterator[Clash]:
    """Want guidance to be the advice of a record that is there, and overlaps to be of cohorts that are."""
    papers = {*records.cases, *records.published}
    for name, guidance in records.guidance.items():
        paper = guidance.document.advice_of
        if paper and paper not in papers:
            found = Found(
                ("document", "advice_of"), f"there is no record '{paper}'.", "Name a file of cases or numbers."
            )
            yield Clash("guidance", name, found)
    cohorts = papers | {cohort for record in records.published.values() for cohort in _cohorts(record)}
    for name, overlaps in records.overlaps.items():
        for index, overlap in enumerate(overlaps.overlaps):
            for cohort in sorted({*overlap.cohorts} - cohorts):
                keys = ("overlaps", index, "cohorts")
                yield Clash("overlaps", name, Found(keys, f"there is no cohort '{cohort}'.", "Mend its name."))


def _cohorts(record: Published) -> Iterator[str]:
    named = (record.source.cohort, *(line.cohort for line in record.observations))
    yield from (cohort for cohort in named if cohort)


def _clash(citation: Printed, key: str, message: str, mend: str) -> Clash:
    return Clash(citation.kind, citation.record, Found((citation.head, key), message, mend))
