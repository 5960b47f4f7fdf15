"""A table of links as blocks of text: counts as a grid, pairs that were tested, what to know of them, and the cases."""

from collections.abc import Iterator, Sequence

from itbkg.cli.layout import prose, table, width
from itbkg.links import Cell, Dependence, LinkTable, Pair, Stratum

#: What the rows' labels and numbers, and what a column, take of the width before columns go on in a part below.
_LABEL, _CELL = 28, 10
#: What 'absent' is for each ground, in the words of the legend.
_GROUNDS = {
    "stated absent": "states it absent",
    "another reported": "reports another of the kind and not this",
    "another value": "has another value",
    "measured, and not so": "was measured and is not so",
    "nothing": "does not occur",
}


def blocks(found: LinkTable, left_out: Sequence[str], *, cases: bool) -> Iterator[str]:
    """Yield the blocks of a table, between which a line stays empty; `left_out` says which classes stand apart."""
    if not found.cohort.total:
        yield "no case fulfils the filter: there is nothing to count"
        return
    if not found.pairs:
        yield f"none of the {found.cohort.total} cases reports what the rows or the columns ask for"
        return
    yield _grid(found)
    yield "\n".join([_legend(found), *left_out])
    tested = sorted((pair for pair in found.pairs if pair.not_tested is None), key=_by_p)
    yield _tests(tested, len(found.pairs))
    marks = list(_marks(found.pairs))
    if marks:
        yield "\n".join(["To know:", *marks])
    for pair in tested:
        if pair.dependence:
            yield _dependence(pair, pair.dependence)
    if cases:
        yield "\n".join(line for pair in found.pairs for line in _cases(pair))


def _by_p(pair: Pair) -> tuple[float, str, str]:
    return (1.0 if pair.fisher is None else pair.fisher, pair.row.key, pair.column.key)


def _grid(found: LinkTable) -> str:
    """Draw rows against columns, in several parts where the columns do not fit beside each other."""
    return "\n\n".join(_part(found, columns) for columns in _parts(found))


def _parts(found: LinkTable) -> Iterator[range]:
    """Yield the places of the columns that fit beside each other."""
    start, room = 0, width() - _LABEL
    for place, column in enumerate(found.columns):
        room -= 2 + max(_CELL, *map(len, column.label.split()))
        if room < 0 and place > start:
            yield range(start, place)
            start, room = place, width() - _LABEL - 2 - max(_CELL, *map(len, column.label.split()))
    yield range(start, len(found.columns))


def _part(found: LinkTable, columns: range) -> str:
    """Draw all rows against some columns; each row begins with its cases, of which each cell counts."""
    across = len(found.columns)
    whole = (f"{one.n}/{one.n + one.absent}" for one in found.columns[columns.start : columns.stop])
    rows: list[tuple[str, ...]] = [("all cases", str(found.cohort.total), *whole)]
    for place, row in enumerate(found.rows):
        pairs = found.pairs[place * across + columns.start : place * across + columns.stop]
        rows.append((row.label, str(row.n), *(_counts(pair.group) for pair in pairs)))
    return table(("", "cases", *(found.columns[place].label for place in columns)), rows)


def _counts(cell: Cell) -> str:
    return f"{cell.n}/{cell.n + cell.absent}" if cell.of else "-"


def _legend(found: LinkTable) -> str:
    grounds = dict.fromkeys((column.variable, column.ground) for column in found.columns)
    says = "; ".join(f"{name.replace('_', ' ')}: {_GROUNDS[ground]}" for name, ground in grounds)
    text = (
        "A cell is n/m: n cases have row and column, m say either way of the column, and the other cases of the row do "
        f"not report it. To say otherwise is, for {says}."
    )
    return "\n".join(prose(" ".join(part)) for part in ([text], [*_about_rows(found)]) if part)


def _about_rows(found: LinkTable) -> Iterator[str]:
    """Say how many cases are in no row because they do not report the variable, and that some are in several."""
    for name in dict.fromkeys(row.variable for row in found.rows if row.ground == "another reported"):
        told = {row.n + row.absent for row in found.rows if row.variable == name}
        if len(told) == 1:
            said = name.replace("_", " ")
            yield f"{told.pop()} of {found.cohort.total} cases report any {said}; the others are in no row of it."
    firsts = found.pairs[:: len(found.columns)]
    cases = [case for pair in firsts for case in _cases_of(pair.group)]
    if len(set(cases)) < len(cases):
        yield "A case that has several rows counts in each."


def _cases_of(cell: Cell) -> tuple[str, ...]:
    return (*cell.present_cases, *cell.absent_cases, *cell.not_reported_cases)


def _tests(tested: Sequence[Pair], of: int) -> str:
    if not tested:
        none = f"None of the {of} pairs was tested" if of > 1 else "The pair was not tested"
        return f"{none}: too few cases, or nothing to compare (--json gives each reason)."
    said = (
        f"{len(tested)} of {of} pairs tested (Fisher's exact test; adjusted after Benjamini and Hochberg); the others "
        "have too few cases or nothing to compare with. --json and --csv have odds ratios, mid-p and every reason."
    )
    heads = (
        "cases with",
        "and with",
        "n of m",
        "share (95 %)",
        "bounds",
        "others",
        "difference (95 %)",
        "p",
        "adjusted",
    )
    return "\n".join([prose(said), "", table(heads, [*map(_tested, tested)])])


def _tested(pair: Pair) -> tuple[str, ...]:
    group, others = pair.group, pair.others
    return (
        pair.row.label,
        pair.column.label,
        f"{group.n} of {group.n + group.absent}",
        _span(group.risk, group.risk_low, group.risk_high),
        f"{_percent(group.bound_low)}-{_percent(group.bound_high)} %",
        f"{others.n} of {others.n + others.absent}",
        _span(pair.difference, pair.difference_low, pair.difference_high),
        _p(pair.fisher),
        _p(pair.adjusted),
    )


def _span(value: float | None, low: float | None, high: float | None) -> str:
    return "" if value is None else f"{_percent(value)} % ({_percent(low)} to {_percent(high)})"


def _percent(value: float | None) -> str:
    return "" if value is None else f"{round(100 * value)}"


def _p(value: float | None) -> str:
    return "" if value is None else "<0.001" if value < 0.001 else f"{value:.3f}"  # noqa: PLR2004 - as papers print it


def _marks(pairs: Sequence[Pair]) -> Iterator[str]:
    """Yield each thing to know once, with the pairs that it is about."""
    about: dict[str, list[str]] = {}
    for pair in pairs:
        for mark in pair.marks:
            about.setdefault(f"{mark.code}: {mark.text}", []).append(f"{pair.row.label} / {pair.column.label}")
    for text, named in about.items():
        more = f" and {len(named) - 2} more pairs" if len(named) > 3 else ""  # noqa: PLR2004 - two, and how many more
        shown = named[:2] if more else named
        yield prose(f"{text} [{'; '.join(shown)}{more}]", "  ", "    ")


def _dependence(pair: Pair, told: Dependence) -> str:
    lines = [f"{pair.row.label} / {pair.column.label}"]
    turning = [left for left in told.left_out if left.turns]
    lines.append(f"  without one of {len(told.left_out)} publications: {len(turning)} make it another result")
    lines += [f"    without {left.publication}: {_stratum(left.rest)}; {left.reading}" for left in turning]
    lines += [f"  read as {stratum.name}: {_stratum(stratum)}" for stratum in told.by_read_as]
    lines += [f"  {stratum.name}: {_stratum(stratum)}" for stratum in told.by_decade]
    return "\n".join(lines)


def _stratum(stratum: Stratum) -> str:
    counts = f"{stratum.with_column} of {stratum.group} against {stratum.others_with_column} of {stratum.others}"
    return counts if stratum.difference is None else f"{counts}, difference {_percent(stratum.difference)} %"


def _cases(pair: Pair) -> Iterator[str]:
    """Yield the ids behind each number of a pair."""
    yield f"{pair.row.label} / {pair.column.label}"
    for side, cell in (("with the row", pair.group), ("others", pair.others)):
        parts = (
            ("present", cell.present_cases),
            ("absent", cell.absent_cases),
            ("not reported", cell.not_reported_cases),
        )
        for state, ids in parts:
            if ids:
                text = f"{side}, {state} ({len(ids)}): {', '.join(ids)}"
                yield prose(text, "  ", "    ")
