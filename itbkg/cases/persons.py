"""Which cases tell of one person, so that nobody is counted twice."""

from collections.abc import Mapping, Sequence

from itbkg.cases.listing import CaseRow


def first_tellings(rows: Sequence[CaseRow]) -> dict[str, str]:
    """Name for each case the one that counts for its person, both by id.

    It is the one that tells no other again; where that is none or several, the first of them in the order of `rows`.
    """
    by_id = {row.id: row for row in rows}
    firsts: dict[str, str] = {}
    for row in rows:
        if row.id not in firsts:
            person = _person(row.id, by_id)
            ordered = [one.id for one in rows if one.id in person]
            first = min(ordered, key=lambda one: bool(by_id[one].same_patient_as))
            firsts |= dict.fromkeys(person, first)
    return firsts


def count_persons(rows: Sequence[CaseRow], firsts: Mapping[str, str]) -> int:
    """Count the persons of whom cases tell."""
    return len({firsts[row.id] for row in rows})


def _person(case: str, rows: Mapping[str, CaseRow]) -> set[str]:
    """Gather the cases of one person, by id."""
    person: set[str] = set()
    ahead = [case]
    while ahead:
        one = ahead.pop()
        if one in rows and one not in person:
            person.add(one)
            ahead.extend((*rows[one].same_patient_as, *rows[one].told_again_in))
    return person
