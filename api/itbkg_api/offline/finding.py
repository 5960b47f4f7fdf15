"""What the list of cases needs to choose by itself: each case as it is shown, and which cases have which word."""

from collections.abc import Mapping
from typing import Any

from itbkg.cases import choose_cases
from itbkg.index import case_index, labels_of
from itbkg.index.fields import FIELDS
from itbkg.store import Store


def finder_data(store: Store) -> Mapping[str, Any]:
    """Return the cases in the order of their ids, and for each field the positions of the cases that have a word."""
    rows, index = choose_cases(store).rows, case_index(store)
    place = {row.iri: number for number, row in enumerate(rows)}
    words = {}
    for name, field in FIELDS.items():
        column, labels = index.column(name), labels_of(store, field)
        having = {labels[term]: index.names(column.present(term)) for term in column.terms if term in labels}
        words[name] = {label: sorted(place[iri] for iri in cases) for label, cases in sorted(having.items()) if cases}
    cases = [
        {
            "id": row.id,
            "title": row.title,
            "events": row.events,
            "cause": " → ".join(row.causal_paths[0][:-1]) if row.causal_paths else "",
            "outcomes": row.outcomes,
            "year": row.year,
            "read": row.read_as,
            "status": row.status,
            "same": row.same_patient_as,
        }
        for row in rows
    ]
    return {"cases": cases, "words": words}
