"""`itbkg check`."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import typer

from itbkg.building.opening import open_graph
from itbkg.checks import Finding, Result, run_checks
from itbkg.cli.exits import FINDINGS
from itbkg.cli.output import note, progress, say, say_json, say_table, settings
from itbkg.teaching.checking import CHECK as TEACHING
from itbkg.teaching.checking import check_teaching
from itbkg.teaching.making import Workshop


def run(graph: Path | None, only: list[str], *, as_json: bool) -> None:
    """Run the checks, list each with its result, then all findings; exit code 3 where something must be mended."""
    known = settings()
    with progress() as bar:
        store = open_graph(known, graph, bar)
        named = [name for name in only if name != TEACHING.name]
        results = run_checks(known.corpus, store, named, bar) if named or not only else []
        if not only or TEACHING.name in only:
            results.append(check_teaching(known.corpus.teaching, Workshop(store, known.corpus.questions)))
    failed, cases = sum(result.failed for result in results), store.manifest.cases
    if as_json:
        say_json({"cases": cases, "failed": failed, "checks": [_document(result) for result in results]})
    else:
        _say(results)
        note(f"checks run: {len(results)}, over cases: {cases}, failed: {failed}")
    if failed:
        raise typer.Exit(FINDINGS)


def _document(result: Result) -> dict[str, Any]:
    return asdict(result.check) | {"result": _word(result), "findings": [asdict(one) for one in result.findings]}


def _say(results: list[Result]) -> None:
    rows = [(result.check.name, result.check.group, _count(result), result.check.title) for result in results]
    say_table(("check", "group", "result", "what must hold"), rows)
    for result in results:
        if result.findings:
            say(f"\n{result.check.name}, {_word(result)}:")
        for finding in result.findings:
            say(f"  {_line(finding)}")


def _line(finding: Finding) -> str:
    """Say where, what stands there, what is wrong and how to mend it; a message that names the node does so once."""
    where = "" if not finding.node or finding.node in finding.message else f"{finding.node}: "
    found = f" Found: {finding.found}." if finding.found and finding.found not in finding.message else ""
    return f"{where}{finding.message}{found} {finding.mend}"


def _word(result: Result) -> str:
    return "failed" if result.failed else "to look at" if result.findings else "passed"


def _count(result: Result) -> str:
    return f"{_word(result)}: {len(result.findings)}" if result.findings else _word(result)
