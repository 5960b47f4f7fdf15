"""Writes what `itbkg report` gathers, and says what was written."""

import hashlib
from pathlib import Path

from itbkg.building.opening import open_graph
from itbkg.cli.output import SAFETY, note, progress, say, say_json, settings
from itbkg.report import Wish, check_ending, make_report, write_report


def run(
    out: Path, wish: tuple[list[str], list[str], str, str], graph: Path | None, *, charts: bool, as_json: bool
) -> None:
    """Write a report and say what it holds."""
    check_ending(out)
    with progress() as bar:
        store = open_graph(settings(), graph, bar)
    report = make_report(store, Wish(*wish), charts=charts)
    content = write_report(report, out)
    if as_json:
        counts = {"cases": len(report.cases), "of": report.table.cohort.of, "references": len(report.references)}
        digest = hashlib.sha256(content).hexdigest()
        say_json({"file": str(out), "bytes": len(content), "sha256": digest, "charts": len(report.figures), **counts})
    else:
        say(f"{out}: {len(report.cases)} of {report.table.cohort.of} cases, {len(report.figures)} charts")
    note(SAFETY)
