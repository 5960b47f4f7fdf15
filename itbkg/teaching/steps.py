"""The steps that guidance documents give in order for an event."""

from dataclasses import dataclass
from itertools import groupby

from itbkg.namespaces import GUIDANCE
from itbkg.store import PREFIX_LINES, Store

_STEPS = f"""{PREFIX_LINES}
SELECT ?event ?statement ?document ?label ?step ?condition ?act WHERE {{
  ?event rdfs:subClassOf? ?concerned .
  ?statement itb:concernsClass ?concerned ; a itb:Recommendation ; itb:step ?step ; rdfs:label ?label ;
             itb:advisesClass/rdfs:label ?act ; itb:inDocument/rdfs:label ?document .
  OPTIONAL {{ ?statement itb:condition ?condition }}
}} ORDER BY ?document ?step ?statement ?act
"""


@dataclass(frozen=True, slots=True)
class AdvisedStep:
    """A step of a document: `name` is the end of the statement's IRI, `acts` what it advises."""

    name: str
    document: str
    label: str
    step: int
    condition: str
    acts: tuple[str, ...]


def advised_steps(store: Store, event: str) -> tuple[AdvisedStep, ...]:
    """List the numbered steps of all documents for an event (an IRI), or for a class above it, in their order."""
    rows = {row[1:]: None for row in store.select(_STEPS, event=event).texts()}
    groups = groupby(rows, key=lambda row: row[:5])
    return tuple(
        AdvisedStep(
            name=statement.removeprefix(GUIDANCE),
            document=document,
            label=label,
            step=int(step),
            condition=condition,
            acts=tuple(dict.fromkeys(row[5] for row in group)),
        )
        for (statement, document, label, step, condition), group in groups
    )


def longest_order(steps: tuple[AdvisedStep, ...]) -> str:
    """Name the document with the most steps, at least two; empty where none has."""
    ranks = {one.document: len({other.step for other in steps if other.document == one.document}) for one in steps}
    most = max(sorted(ranks), key=lambda document: ranks[document], default="")
    return most if ranks.get(most, 0) > 1 else ""
