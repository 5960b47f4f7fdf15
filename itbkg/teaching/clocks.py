"""From which moment the times of a lesson count, and in which stage that may be told."""

from collections.abc import Sequence

from itbkg.store import PREFIX_LINES, Store
from itbkg.teaching.lesson import Stage

#: Moments that others see too: an admission, or the first sign. Any other (an interruption) says what happened.
_SEEN = f"""{PREFIX_LINES}
SELECT DISTINCT ?label WHERE {{
  ?clock a itb:Clock ; rdfs:label ?label .
  {{ ?clock itb:startsHospitalDays true }} UNION {{ ?span itb:startsAtClock ?clock ; itb:startsWithClass ?sign }}
}} ORDER BY ?label
"""


def telling_stage(store: Store, clock: str, stages: Sequence[Stage]) -> str:
    """Name the first stage in which the clock zero may be named: the first of all, or the one that tells the event."""
    seen = {label for (label,) in store.select(_SEEN).texts()}
    tells = [stage.id for stage in stages if any(fact.kind == "event" for fact in stage.facts)]
    return stages[0].id if clock in seen else next(iter(tells), stages[-1].id)
