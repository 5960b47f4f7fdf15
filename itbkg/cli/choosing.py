"""Prints the cases that `itbkg cases` chooses, or their counts."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from itbkg.building.opening import open_graph
from itbkg.cases import CaseRow, Chosen, Condition, Facets, Wanted, choose_cases, count_cases
from itbkg.cases.sheet import CASE_COLUMNS, FACET_COLUMNS, case_cells, facet_cells
from itbkg.cli.layout import table
from itbkg.cli.output import SAFETY, note, progress, say, say_json, say_table, settings
from itbkg.sheet import to_csv
from itbkg.store import Store

_COLUMNS = ("id", "year", "event", "causes", "outcomes", "read as", "marks")


def run(
    wanted: Wanted, where: str, sort: str, facets: str | None, graph: Path | None, *, as_json: bool, as_csv: bool
) -> None:
    """Print the chosen cases or their counts, and on standard error how many of how many they are."""
    with progress() as bar:
        store = open_graph(settings(), graph, bar)
    chosen = _choose(store, wanted, where, sort)
    if facets is not None:
        _say_facets(count_cases(store, facets, chosen), as_json=as_json, as_csv=as_csv)
    else:
        _say_cases(chosen, as_json=as_json, as_csv=as_csv)
    note(SAFETY)


def _choose(store: Store, wanted: Wanted, where: str, sort: str) -> Chosen:
    """Choose the cases; what reads filters is imported where there is one."""
    if not where:
        return choose_cases(store, wanted, sort)
    from itbkg.links import choose_where  # noqa: PLC0415

    return choose_where(store, where, wanted, sort)


def _say_cases(chosen: Chosen, *, as_json: bool, as_csv: bool) -> None:
    if as_json:
        say_json(asdict(chosen.page()))
    elif as_csv:
        say(to_csv(CASE_COLUMNS, case_cells(chosen.rows)).removesuffix("\n"))
    elif chosen.rows:
        _say_table(chosen)
    else:
        say("no case fulfils all conditions")
    persons = "" if chosen.patients == chosen.total else f", of {chosen.patients} patients"
    note(f"{chosen.total} of {chosen.of} cases{persons}")
    if not chosen.rows and len(chosen.conditions) > 1:
        note(f"Each by itself: {', '.join(map(_each, chosen.conditions))}.")


def _say_table(chosen: Chosen) -> None:
    rows = [_cells(row) for row in chosen.rows]
    columns = [column for column in _COLUMNS if any(row[column] for row in rows)]
    say(table(columns, [[row[column] for column in columns] for row in rows]))


def _cells(row: CaseRow) -> dict[str, str]:
    return {
        "id": row.id,
        "year": str(row.year or ""),
        "event": ", ".join(row.events),
        "causes": "; ".join(dict.fromkeys(" → ".join(path[:-1]) for path in row.causal_paths)),
        "outcomes": ", ".join(row.outcomes),
        "read as": f"{row.read_as}, {row.citation}",
        "marks": "; ".join(_marks(row)),
    }


def _marks(row: CaseRow) -> Iterator[str]:
    """Say of a case what a reader must know before counting it."""
    if row.status:
        yield row.status
    yield from (f"same patient as {other}" for other in row.same_patient_as)
    yield from (f"told again in {other}" for other in row.told_again_in)


def _each(condition: Condition) -> str:
    name = condition.name.replace("_", "-")
    return f"--{name} '{condition.given}' {len(condition.cases)}" if condition.given else f"--{name}"


def _say_facets(facets: Facets, *, as_json: bool, as_csv: bool) -> None:
    if as_json:
        say_json(asdict(facets))
    elif as_csv:
        say(to_csv(FACET_COLUMNS, facet_cells(facets)).removesuffix("\n"))
    elif facets.counts:
        _say_counts(facets)
    else:
        say(f"no chosen case reports any {facets.field.replace('_', ' ')}")
    note(f"{facets.total} of {facets.of} cases; {facets.total - facets.reported} of them do not report this at all")


def _say_counts(facets: Facets) -> None:
    if facets.counts[0].absent is None:
        say_table(
            (facets.field, "cases", "of"), [(one.label, str(one.present), str(facets.total)) for one in facets.counts]
        )
        return
    rows = [(one.label, *map(str, (one.present, one.absent, one.not_reported, facets.total))) for one in facets.counts]
    say_table((facets.field, "present", "stated absent", "not reported", "of"), rows)
