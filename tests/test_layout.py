"""Text and tables of the command line: they fit the reader's terminal, and nothing in them is cut."""

import os
import sys

import pytest

from itbkg.cli.layout import PAGE, PROSE, prose, table, width

HEADS = ("cases with", "share (95 %)", "cases")
ROWS = (
    ("cause in cerebrospinal fluid or anatomy", "100 % (76 to 100)", "position-dependent-occlusion-2024/1, kao-2003/1"),
    ("procedure", "43 %", ""),
)


@pytest.fixture
def columns(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> int:
    """Give the reader a terminal of so many columns."""
    size = int(request.param)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("shutil.get_terminal_size", lambda _: os.terminal_size((size, 24)))
    return size


def test_a_pipe_gets_the_same_bytes_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file would be laid out by the window of whoever wrote it."""
    monkeypatch.setenv("COLUMNS", "40")
    assert width() == PAGE


@pytest.mark.parametrize("columns", [80, 90, 120], indirect=True)
def test_a_table_fits_the_terminal(columns: int) -> None:
    """A line would be wrapped by the terminal, and its columns be lost."""
    written = table(HEADS, ROWS)
    assert max(map(len, written.splitlines())) <= columns
    words = {word for row in (HEADS, *ROWS) for cell in row for word in cell.split()}
    assert words <= set(written.split())


@pytest.mark.parametrize("columns", [30], indirect=True)
def test_what_cannot_be_broken_stands_whole(columns: int) -> None:
    """An id would be cut in two, and lead to no case."""
    assert "position-dependent-occlusion-2024/1," in table(HEADS, ROWS)
    assert "position-dependent-occlusion-2024/1" in prose(f"{'word ' * 9}position-dependent-occlusion-2024/1")
    assert columns == width()


@pytest.mark.parametrize("columns", [200], indirect=True)
def test_a_wide_terminal_breaks_no_cell(columns: int) -> None:
    """Cells would be broken that have room; or prose run over the whole of a wide screen."""
    assert len(table(HEADS, ROWS).splitlines()) == 2 + len(ROWS)
    assert max(map(len, prose("word " * 99).splitlines())) <= PROSE < columns


@pytest.mark.parametrize("columns", [80], indirect=True)
def test_heads_give_way_before_cells(columns: int) -> None:
    """A number would be broken for the sake of the words above it."""
    heads = ("a rather long head of a column", "and one more that is as long as it")
    rows = [("x" * 10, "100 % (76 to 100)"), ("y" * 10, "1 of 2")]
    assert "100 % (76 to 100)" in table((*heads, *heads), [(*row, *row) for row in rows])
    assert columns == 80


def test_a_table_without_rows_has_its_head() -> None:
    """Nobody to count would be an error."""
    assert table(("n", "cases"), ()).splitlines()[0].split() == ["n", "cases"]
