"""Boolean SPARQL expressions over ?case: whether it reports something, or says that it is not so."""

from collections.abc import Iterable

from itbkg.index import Field, classes_telling
from itbkg.links.data import AGE_GROUP, CaseData
from itbkg.namespaces import ITB


def asks_any(field: Field) -> str:
    """Ask whether ?case has anything of a field: a class by its branch, for an engine looks a constant up faster."""
    if field.kind == "value":
        return f"EXISTS {{ {field.pattern} }}"
    return asks_any_of(field.pattern, (str(ITB[branch]) for branch in field.of))


def asks_telling(data: CaseData, field: Field, term: str) -> str:
    """Ask whether ?case says anything of a class: whether it reports one that answers the same question."""
    return asks_any_of(field.pattern, classes_telling(data.store, field, term))


def asks_denied(field: Field, term: str) -> str:
    """Ask whether ?case says that a finding was not there, or has a value that excludes this one.

    `term` is an IRI in `<>`, or a variable.
    """
    if field.absence:
        return f"EXISTS {{ {field.absence.replace('?term', term)} }}"
    other = field.pattern.replace("?term", "?other")
    if field.of != AGE_GROUP:
        return f"EXISTS {{ {other} FILTER (?other != {term}) }}"
    spans = "?other itb:fromYears ?from ; itb:belowYears ?below . "
    return (
        f"EXISTS {{ {other} {spans}{term} itb:fromYears ?start ; itb:belowYears ?end . "
        "FILTER (?from >= ?end || ?below <= ?start) }"
    )


def asks_any_of(pattern: str, terms: Iterable[str]) -> str:
    """Ask for each term by itself: an engine that is handed several as VALUES walks all of them for every case."""
    asked = [f"EXISTS {{ {pattern.replace('?term', f'<{term}>')} }}" for term in terms]
    return f"({' || '.join(asked)})" if asked else "false"
