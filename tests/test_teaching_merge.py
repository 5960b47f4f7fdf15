"""Making a teaching case again: edits stay, changes come in, conflicts are told and nothing is lost."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itbkg.errors import RecordError
from itbkg.teaching.merging import merge
from itbkg.teaching.writing import BASE, write_case

DRAFT: dict[str, Any] = {
    "format": 1,
    "case": "doe-1901/1",
    "title": "A woman",
    "stages": [
        {"id": "story", "title": "Before", "shows": ["finding/a", "finding/b"],
         "questions": [{"id": "q", "prompt": "What?", "options": [{"word": "x"}, {"word": "y"}]}]},
        {"id": "end", "title": "After", "shows": ["outcome/*"]},
    ],
}  # fmt: skip

DOCUMENTS = st.recursive(
    st.text("ab", max_size=3),
    lambda inner: st.dictionaries(st.sampled_from("pqr"), inner, max_size=3),
    max_leaves=8,
).filter(lambda one: isinstance(one, dict))


def edited(**stage: Any) -> dict[str, Any]:
    """Return the draft with its first stage edited."""
    copy = deepcopy(DRAFT)
    copy["stages"][0].update(stage)
    return copy


def test_an_edit_and_a_change_elsewhere_go_together() -> None:
    """The educator's title would be overwritten, or the new fact not come in."""
    mine = edited(title="In my words")
    theirs = edited(shows=["finding/a", "finding/new", "finding/b"])
    assert merge(DRAFT, mine, theirs) == []
    assert mine["stages"][0]["title"] == "In my words"
    assert mine["stages"][0]["shows"] == ["finding/a", "finding/new", "finding/b"]


def test_both_sides_changed_one_thing() -> None:
    """The educator's words would be lost, or the other side's not told."""
    mine, theirs = edited(title="Mine"), edited(title="Theirs")
    (conflict,) = merge(DRAFT, mine, theirs)
    assert mine["stages"][0]["title"] == "Mine"
    assert (conflict.place, conflict.kept, conflict.draft) == ("stages[story].title", "'Mine'", "'Theirs'")


def test_what_was_taken_out_stays_out() -> None:
    """A question that the educator removed would come back each time."""
    mine = edited(questions=[])
    assert merge(DRAFT, mine, deepcopy(DRAFT)) == []
    assert mine["stages"][0]["questions"] == []


def test_an_edited_question_that_the_draft_drops_is_kept_and_told() -> None:
    """Work would vanish because the record changed."""
    mine, theirs = deepcopy(DRAFT), edited(questions=[])
    mine["stages"][0]["questions"][0]["prompt"] = "My question"
    (conflict,) = merge(DRAFT, mine, theirs)
    assert mine["stages"][0]["questions"][0]["prompt"] == "My question"
    assert conflict.draft == "nothing"


def test_an_option_merges_by_its_word_and_a_stage_by_its_id() -> None:
    """A moved or inserted line would be taken for a change of all lines after it."""
    mine, theirs = deepcopy(DRAFT), deepcopy(DRAFT)
    mine["stages"].insert(0, {"id": "mine", "title": "My stage", "shows": []})
    mine["stages"][1]["questions"][0]["options"][1]["says"] = "my feedback"
    theirs["stages"][0]["questions"][0]["options"].insert(0, {"word": "new"})
    assert merge(DRAFT, mine, theirs) == []
    assert [stage["id"] for stage in mine["stages"]] == ["mine", "story", "end"]
    options = mine["stages"][1]["questions"][0]["options"]
    assert [one["word"] for one in options] == ["new", "x", "y"]
    assert options[2]["says"] == "my feedback"


@given(DOCUMENTS, DOCUMENTS)
def test_without_edits_the_new_draft_comes_out(base: Any, theirs: Any) -> None:
    """A change of the draft would not come in though nobody edited."""
    mine = deepcopy(base)
    assert merge(base, mine, theirs) == []
    assert mine == theirs


@given(DOCUMENTS, DOCUMENTS)
def test_without_changes_the_edits_stay(base: Any, mine: Any) -> None:
    """An edit would be undone by making the same draft again."""
    kept = deepcopy(mine)
    assert merge(base, mine, deepcopy(base)) == []
    assert mine == kept


def test_comments_and_edits_survive_on_the_disk(tmp_path: Path) -> None:
    """A second run would reformat the file, drop its comments or make a copy."""
    written = write_case(DRAFT, tmp_path)
    assert written.state == "new"
    text = written.path.read_text("utf-8").replace("title: Before", "title: Mine  # as we say it here")
    written.path.write_text(text, "utf-8")
    assert write_case(DRAFT, tmp_path).state == "unchanged"
    assert written.path.read_text("utf-8") == text
    again = write_case(edited(shows=["finding/a", "finding/b", "finding/c"]), tmp_path)
    assert (again.state, again.conflicts) == ("merged", ())
    now = written.path.read_text("utf-8")
    assert "title: Mine  # as we say it here" in now
    assert "- finding/c" in now
    assert sorted(path.name for path in tmp_path.iterdir()) == [BASE, "doe-1901-1.yaml"]


def test_a_file_without_its_base_loses_nothing(tmp_path: Path) -> None:
    """An edited file from elsewhere would be overwritten."""
    path = tmp_path / "doe-1901-1.yaml"
    path.write_text("case: doe-1901/1\ntitle: Only mine\n", "utf-8")
    written = write_case(DRAFT, tmp_path)
    assert "title: Only mine" in path.read_text("utf-8")
    assert [one.place for one in written.conflicts] == ["title"]


def test_a_broken_file_is_refused_with_its_line(tmp_path: Path) -> None:
    """A file that cannot be read would be replaced."""
    path = tmp_path / "doe-1901-1.yaml"
    path.write_text("title: [open\nstages: }\n", "utf-8")
    with pytest.raises(RecordError, match="not YAML"):
        write_case(DRAFT, tmp_path)
    assert path.read_text("utf-8") == "title: [open\nstages: }\n"
