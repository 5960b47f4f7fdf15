"""Writes the cases that are kept as they are told: `python -m tests.write_told`, then read what changed."""

import tempfile
from pathlib import Path

from itbkg.building import build_in_memory
from itbkg.cases import tell_case
from itbkg.cli.telling import case_lines
from itbkg.store import Store
from tests.conftest import TESTS, fictional_corpus

TOLD = TESTS / "told"
#: Cases with all that a telling can have: a chain, implied findings, retold, retracted, without times or therapy.
CASES = ("doe-1901/1", "moe-1904/1", "poe-1903/2", "roe-1902/1", "voe-1905/2")


def told_text(store: Store, case: str) -> str:
    """Tell a case as the command line does."""
    return "\n".join(case_lines(tell_case(store, case))) + "\n"


def told_path(case: str) -> Path:
    """Name the file of a case."""
    return TOLD / f"{case.replace('/', '-')}.txt"


def main() -> None:
    """Write every file."""
    with tempfile.TemporaryDirectory() as folder:
        store = build_in_memory(fictional_corpus(Path(folder)))
        for case in CASES:
            told_path(case).write_text(told_text(store, case), "utf-8")


if __name__ == "__main__":
    main()
