"""Drafts of published cases: nothing to mend, nothing told early, and wrong options that nobody would defend."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from itbkg.cases import CaseAccount
from itbkg.teaching.drafting import draft_case
from itbkg.teaching.drafting.draft import plain_name
from itbkg.teaching.making import Workshop
from itbkg.teaching.reading import examine
from itbkg.teaching.record import TeachingCase
from itbkg.teaching.writing import base_of, write_case

#: Cases of which the title, a detail, a circumstance, a question or a thought would tell too early what happened.
TELLING = ("gianaris-2021/1", "swjpcc-2012/1", "position-dependent-occlusion-2024/1", "shirley-2006/1", "truex-2020/1",
           "wang-2012/1", "subdural-haematoma-2019/1")  # fmt: skip


@pytest.mark.parametrize("case", TELLING)
def test_what_would_tell_too_early_is_held_back(workshop: Workshop, case: str) -> None:
    """The command would write a case that its own check refuses, or lose a statement on the way."""
    draft = draft_case(workshop, case)
    lesson, found = examine(workshop, TeachingCase.model_validate(draft))
    assert [one.message for one in found] == []
    shown = {fact.id for stage in lesson.stages for fact in stage.facts}
    kinds = ("finding", "measurement", "treatment", "investigation", "outcome")
    account = workshop.desk.account(case)
    names = {
        one.iri.removeprefix(f"{account.iri}/") for one in (*account.course, *account.outcomes) if one.kind in kinds
    }
    assert names <= shown
    assert [stage["kind"] for stage in draft["stages"]][-2:] == ["outcome", "debrief"]


def test_an_id_that_says_too_much_gets_another_name(workshop: Workshop) -> None:
    """'ncse-overdose' would stand in the address that learners open; a case named by its author needs no other name."""
    told = workshop.desk.account("ncse-overdose-2014/1")
    assert re.fullmatch(r"case-[0-9a-f]{6}", plain_name(told)["name"])
    assert plain_name(workshop.desk.account("mohammed-2004/1")) == {}
    draft = draft_case(workshop, "ncse-overdose-2014/1")
    del draft["name"]
    found = [one.message for one in examine(workshop, TeachingCase.model_validate(draft))[1]]
    assert "'overdose' shows too early: stage 'cause' tells it." in found


def test_a_stage_id_that_says_too_much_is_found(workshop: Workshop) -> None:
    """The source of the page, or the name of a question in a bank, would tell the cause."""
    draft = draft_case(workshop, "mohammed-2004/1")
    draft["stages"][0]["id"] = "pump-stopped"
    found = [one.message for one in examine(workshop, TeachingCase.model_validate(draft))[1]]
    assert any("'pump stopped' shows too early" in message for message in found)


def test_wrong_options_are_advised_by_nobody(workshop: Workshop) -> None:
    """Support of breathing would be marked as wrong because one document does not list it."""
    draft = draft_case(workshop, "muntinga-2022/1")
    asked = next(one for stage in draft["stages"] for one in stage.get("questions", ()) if one["id"] == "what-now")
    words = {one["word"] for one in asked["options"]}
    assert "mechanical ventilation" not in words
    assert "physostigmine" in words
    rows = workshop.desk.ask("advice-for-situation", {"situation": "overdose"})
    advised = {row["act"] for row in rows if row["sense"] == "advised"}
    document = {row["act"] for row in rows if row["document"] == "baclofen-sintetica" and row["sense"] == "advised"}
    assert not (words & advised) - document


def test_a_renamed_case_is_found_and_merged(workshop: Workshop, tmp_path: Path) -> None:
    """An educator's own name for a case would make a second file beside it, and the edits be lost."""
    draft = draft_case(workshop, "mohammed-2004/1")
    first = write_case(draft, tmp_path).path
    text = first.read_text("utf-8").replace("title: What came before", "title: Mine")
    renamed = tmp_path / "at-home.yaml"
    renamed.write_text(text.replace("case: mohammed-2004/1", "case: mohammed-2004/1\nname: at-home", 1), "utf-8")
    first.unlink()
    again = write_case(draft, tmp_path)
    assert (again.path, again.state, again.conflicts) == (renamed, "unchanged", ())
    assert "title: Mine" in renamed.read_text("utf-8")
    assert base_of(tmp_path, "mohammed-2004/1").is_file()


def test_a_title_that_says_too_much_is_replaced(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    """The title of the record would give the event away, or the plain one say nothing of the patient."""
    account: CaseAccount = replace(workshop.desk.account("mohammed-2004/1"), title="Baclofen withdrawal after a fault")
    monkeypatch.setitem(workshop.desk._accounts, account.id, account)
    assert draft_case(workshop, account.id)["title"] == "A patient with a pump for intrathecal therapy (male, 24 years)"
