"""Time to event: how long from the interruption to the first symptom, to restored delivery, to recovery.

Which stretches are measured, and by which statements, stands in `ontology/times.ttl`.
"""

from itbkg.timing.observed import CaseTime
from itbkg.timing.rules import RULES, WINDOW_RULE, Rule
from itbkg.timing.spans import Span, find_span, read_spans
from itbkg.timing.times import GroupTest, SpanCount, SpanList, TimedGroup, Times, list_spans, measure_times

__all__ = [
    "RULES",
    "WINDOW_RULE",
    "CaseTime",
    "GroupTest",
    "Rule",
    "Span",
    "SpanCount",
    "SpanList",
    "TimedGroup",
    "Times",
    "find_span",
    "list_spans",
    "measure_times",
    "read_spans",
]
