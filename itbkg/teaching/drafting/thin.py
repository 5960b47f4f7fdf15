"""Is there enough in a case to teach from? What is missing is said in words."""

from collections.abc import Iterator

from itbkg.cases import CaseAccount

#: A story needs so many statements, and so many of them before the cause is found.
FEWEST_STATEMENTS = 5
FEWEST_FIRST = 2


def missing_in(account: CaseAccount) -> tuple[str, ...]:
    """List what a case would have to hold so that it can be taught from; nothing where it holds enough."""
    return tuple(_missing(account))


def _missing(account: CaseAccount) -> Iterator[str]:
    kinds = [entry.kind for entry in account.course]
    if len(kinds) < FEWEST_STATEMENTS:
        yield f"at least {FEWEST_STATEMENTS} statements in its course (it has {len(kinds)})"
    signs = sum(kind in ("finding", "measurement", "absent") for kind in kinds)
    if signs < FEWEST_FIRST:
        yield f"at least {FEWEST_FIRST} findings or measurements that show how it began (it has {signs})"
    told = any(entry.responses for entry in account.course)
    if not told and not {"considered", "investigation"} & {*kinds}:
        yield "a considered diagnosis, an investigation or a treatment with its effect, at which learners decide"
    if "treatment" not in kinds:
        yield "a treatment"
    if not account.causes:
        yield "a cause"
    if not account.outcomes:
        yield "an outcome"
