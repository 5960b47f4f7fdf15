"""Why a query was not answered although it may be asked: each says which limit, and how to get under it."""


class WorkerError(Exception):
    """Base: the query was right, and its answer is not to be had this way; `limit` names the limit that it met."""

    limit = ""


class TimeLimitError(WorkerError):
    """The query ran for longer than a query may."""

    limit = "seconds"


class MemoryLimitError(WorkerError):
    """The worker died on the query, as one does that takes more memory than it may."""

    limit = "memory_bytes"


class AnswerTooLargeError(WorkerError):
    """The answer has more bytes than one may have."""

    limit = "result_bytes"


class BusyError(WorkerError):
    """All workers are at work and as many queries wait as may, or this one has waited for as long as one may."""

    limit = "waiting"
