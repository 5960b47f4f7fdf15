"""Processes in which queries of strangers run, so that one that runs too long or takes too much can be killed.

A running query of Oxigraph can be neither cancelled nor timed out in its own process, and at a memory limit the process
aborts. So a *nursery*, a process with one thread, holds the graph in memory and forks *workers* from itself: each has
the graph at once, shared until written to, which nobody does. The *pool* in the server hands queries to workers, kills
those that are late, and has the nursery fork others.
"""

from itbkg_api.workers.errand import Errand, Outcome
from itbkg_api.workers.errors import (
    AnswerTooLargeError,
    BusyError,
    MemoryLimitError,
    TimeLimitError,
    WorkerError,
)
from itbkg_api.workers.messages import Asked
from itbkg_api.workers.pool import Pool

__all__ = [
    "AnswerTooLargeError",
    "Asked",
    "BusyError",
    "Errand",
    "MemoryLimitError",
    "Outcome",
    "Pool",
    "TimeLimitError",
    "WorkerError",
]
