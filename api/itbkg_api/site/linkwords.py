"""A table of links in plain words: what a pair says, why it is not tested, and what the whole amounts to."""

from collections.abc import Mapping, Sequence

from itbkg.links import Cell, LinkTable, Pair, Reason
from itbkg.links.strata import LEVEL

#: Why a pair is not tested.
REASONS: Mapping[Reason, str] = {
    Reason.IMPLIED: "not tested: they go together by definition",
    Reason.ONE_VARIABLE: "not tested: by definition one leaves no room for the other",
    Reason.TOLD_ABOVE: "not tested again: the same pair stands above",
    Reason.NO_VARIATION: "not tested: all cases that say are on one side",
    Reason.TOO_FEW: "not tested: fewer than 3 cases have both",
}
#: On what it rests that a case counts as being without a row.
GROUNDS: Mapping[str, str] = {
    "stated absent": "the report states that it was absent",
    "another reported": "the report names another one and not this",
    "another value": "the report gives another value",
    "measured, and not so": "it was measured and was not so",
    "nothing": "no report says so",
}


def percent(share: float | None) -> str:
    """Write a share in percent; a dash for none."""
    return "–" if share is None else f"{100 * share:.0f} %"


def span(low: float | None, high: float | None) -> str:
    """Write an interval of shares: `12 to 49 %`."""
    return "–" if low is None or high is None else f"{100 * low:.0f} to {100 * high:.0f} %"


def p_value(p: float | None) -> str:
    """Write a p-value to two digits."""
    return "–" if p is None else "<0.0001" if p < 0.0001 else f"{p:.2g}"  # noqa: PLR2004 - nobody reads more zeros


def pair_sentence(pair: Pair) -> str:
    """Say what a pair tells, with n and N of each side and what is not reported."""
    parts = [f"{_side(pair.group, f'with {pair.row.label}', pair.column.label)}."]
    if pair.others.of:
        parts.append(f"{_side(pair.others, 'known to be without it', pair.column.label)}.")
    if pair.row_not_reported:
        parts.append(f"{_cases(pair.row_not_reported)} do not say whether they had {pair.row.label}.")
    parts.append(_verdict(pair))
    return " ".join(parts)


def _side(cell: Cell, who: str, column: str) -> str:
    says = cell.n + cell.absent
    if not says:
        return f"Of {_cases(cell.of)} {who}, none tells whether {column} was there"
    told = f"Of {_cases(says)} {who} that say, {cell.n} {_had(cell.n)} {column}"
    share = f" ({percent(cell.risk)}; 95 % interval {span(cell.risk_low, cell.risk_high)})"
    if not cell.not_reported:
        return told + share
    more = (
        f"; {cell.not_reported} more do not say, so that all together it may be {span(cell.bound_low, cell.bound_high)}"
    )
    return told + share + more


def _verdict(pair: Pair) -> str:
    if pair.not_tested is not None:
        words = REASONS[pair.not_tested]
        return f"{words[0].upper()}{words[1:]}."
    adjusted = pair.adjusted or 0
    held = "is unlikely to be chance alone" if adjusted < LEVEL else "may well be chance"
    return f"The difference {held} (p {p_value(pair.fisher)}; {p_value(pair.adjusted)} adjusted for all pairs tested)."


def table_sentence(table: LinkTable) -> str:
    """Say how large a table is, and how much of it was tested and holds."""
    held = sum(pair.adjusted is not None and pair.adjusted < LEVEL for pair in table.pairs)
    size = f"{_lines(len(table.rows), 'row')} and {_lines(len(table.columns), 'column')}"
    where = " that fulfil the filter" if table.cohort.where else ""
    cohort = f"{_cases(table.cohort.total)}{where}, of {table.cohort.of} in the graph"
    return (
        f"{size} over {cohort}: {table.tested} of {len(table.pairs)} pairs were tested, {held} hold after adjustment."
    )


def leading(pairs: Sequence[Pair]) -> Pair | None:
    """Return the pair to tell first: what was tested and holds best; else what most cases have."""
    tested = [pair for pair in pairs if pair.adjusted is not None]
    if tested:
        return min(tested, key=lambda pair: (pair.adjusted or 0, pair.fisher or 0, -pair.group.n))
    return max(pairs, key=lambda pair: pair.group.n, default=None)


def _cases(count: int) -> str:
    return f"{count} case{'' if count == 1 else 's'}"


def _had(count: int) -> str:
    return "has" if count == 1 else "have"


def _lines(count: int, name: str) -> str:
    return f"{count} {name}{'' if count == 1 else 's'}"
