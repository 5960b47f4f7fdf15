"""QTI 3.0 items played and scored by a player of others."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from playwright.sync_api import Browser, Page

from itbkg.teaching.formats.qtiwords import ITEMS
from itbkg.teaching.formats.quiz import clean
from itbkg.teaching.lesson import Lesson
from tests.full_lesson import COMMANDS, full_lesson, squash
from tests.npm_consumers import npm_consumer
from tests.quizzes import HOSTILE, check_form, hostile_question, with_questions, written


@pytest.fixture(scope="module")
def player(browser: Browser) -> Iterator[Page]:
    """Start the QTI 3 player once, without a network."""
    folder = npm_consumer("qti", "qti3-item-player@1.1.20", "vue@2.7.16") / "node_modules"
    with browser.new_context(offline=True) as context:
        page = context.new_page()
        page.set_content('<div id="app"></div>')
        page.add_script_tag(path=folder / "vue/dist/vue.min.js")
        page.add_script_tag(path=folder / "qti3-item-player/dist/qti3Player.umd.min.js")
        page.evaluate(MOUNT)
        yield page


MOUNT = """() => {
  window.alerts = [];
  const scored = told => window.scored(told), alert = told => window.alerts.push(told);
  const on = {notifyQti3ItemReady: () => window.ready(), notifyQti3ItemAlertEvent: alert,
    notifyQti3ScoreAttemptCompleted: scored, notifyQti3EndAttemptCompleted: scored};
  window.player = new Promise(mounted => new Vue({el: '#app', render: draw =>
    draw(window.qti3Player, {on: {...on, notifyQti3PlayerReady: mounted}})}));
}"""
#: A comment makes each loading another, for the player does nothing on what it already shows.
LOAD = """async ([xml, state]) => {
  window.loaded = (window.loaded || 0) + 1;
  const player = await window.player;
  const control = {max_attempts: 0, show_feedback: true, validate_responses: false};
  const given = {guid: 'one', status: 'interacting', sessionControl: control, ...(state ? {state} : {})};
  await new Promise((ready, late) => {
    setTimeout(() => late('the item is not shown within 20 s'), 20000);
    window.ready = ready;
    player.loadItemFromXml(xml + `<!-- ${window.loaded} -->`, given);
  });
}"""
SCORE = """async call => {
  const player = await window.player;
  const told = await new Promise((scored, late) => {
    setTimeout(() => late('no score within 20 s'), 20000);
    window.scored = scored;
    player[call]('done');
  });
  return Object.fromEntries(told.state.outcomeVariables.map(one => [one.identifier, one.value]));
}"""


def qti_members(lesson: Lesson) -> dict[str, str]:
    """Return the files of a QTI package."""
    with zipfile.ZipFile(io.BytesIO(written("qti", lesson))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def qti_text(lesson: Lesson, _: Path) -> str:
    """Return all text of the items of a package."""
    items = (content for name, content in qti_members(lesson).items() if name.startswith("items/"))
    return item_text(" ".join(text for item in items for text in ET.fromstring(item).itertext()))


def item_text(text: str) -> str:
    """Return the text of an item without what keeps its braces apart."""
    return squash(text.replace("\u2060", ""))


def score(player: Page, item: str, response: object) -> dict[str, Any]:
    """Give a response to an item and have the player score it."""
    state = {
        "identifier": ET.fromstring(item).get("identifier"),
        "guid": "one",
        "contextVariables": [],
        "responseVariables": [{"identifier": "RESPONSE", "value": response, "state": None}],
        "outcomeVariables": [],
        "templateVariables": [],
        "validationMessages": [],
    }
    player.evaluate(LOAD, [item, state])
    outcomes: dict[str, Any] = player.evaluate(SCORE, "scoreAttempt")
    return outcomes


SCORES = [
    ("first-thought", "option-withdrawal", 1),
    ("first-thought", "option-sepsis", 0),
    ("examine", ["option-interrogate", "option-radiograph"], 1),
    ("examine", ["option-interrogate"], 0.5),
    ("examine", ["option-interrogate", "option-radiograph", "option-wait"], 0),
    ("convert", "41.65", 1),
    ("convert", "41.7", 1),
    ("convert", "41.9", 0),
    ("strict", ["option-call", "option-check", "option-treat"], 1),
    ("strict", ["option-check", "option-call", "option-treat"], 0),
    ("steps", ["option-airway step-1", "option-replace step-2", "option-oral step-2", "option-repair step-3"], 1),
    ("steps", ["option-airway step-1", "option-replace step-2", "option-oral step-3", "option-repair step-3"], 0.75),
    ("partly", ["option-one step-1", "option-two step-2", "option-no step-none"], 1),
    ("say", "That the pump stopped", 0),
]


@pytest.mark.parametrize(("question", "response", "expected"), SCORES)
def test_qti_player_scores(player: Page, question: str, response: object, expected: float) -> None:
    """A right response is scored as wrong, or the reverse; nothing is told after it."""
    outcomes = score(player, qti_members(full_lesson())[f"items/question-{question}.xml"], response)
    assert float(outcomes["SCORE"]) == pytest.approx(expected, abs=1e-4)
    assert outcomes["TOLD"] == "answer"


def test_qti_player_plays_every_item(player: Page) -> None:
    """The player fails over an item, or shows no text of it."""
    for name, item in qti_members(full_lesson()).items():
        if name.startswith("items/"):
            player.evaluate(LOAD, [item, None])
            assert "For teaching." in player.inner_text("body"), name
            assert "completionStatus" in player.evaluate(SCORE, "endAttempt")


def test_qti_player_tells_why(player: Page) -> None:
    """After a choice its reason, harm and sources are not shown, or those of other options are."""
    player.evaluate(LOAD, [qti_members(full_lesson())["items/question-examine.xml"], None])
    player.get_by_text("Wait until the morning").first.click()
    assert player.evaluate(SCORE, "endAttempt")["FEEDBACK"] == ["option-wait"]
    shown = squash(player.inner_text("body") + str(player.evaluate("JSON.stringify(window.alerts)")))
    for text in ("Dangerous: Wait until the morning", "the patient may die of it", "doe-1901/1", "Answer: Interrogate"):
        assert text in shown


def test_qti_hostile_text_is_shown_as_text(player: Page) -> None:
    """The player takes text of a report for markup."""
    members = qti_members(full_lesson())
    name = next(name for name in members if "question-hostile" in name)
    player.evaluate(LOAD, [members[name], None])
    assert squash(COMMANDS) in item_text(player.inner_text("body"))


def test_qti_manifest_lists_what_is_there() -> None:
    """A file of the package is not listed, or listed and missing; the test leaves out an item or puts it elsewhere."""
    members = qti_members(full_lesson())
    manifest, test = ET.fromstring(members["imsmanifest.xml"]), ET.fromstring(members["test.xml"])
    space = manifest.tag.removesuffix("manifest")
    resources = {one.get("href"): one for one in manifest.iter(f"{space}resource")}
    assert set(resources) == set(members) - {"imsmanifest.xml"}
    depends = [one.get("identifierref") for one in resources["test.xml"].iter(f"{space}dependency")]
    placed = [one.get("identifier") for one in test.iter(f"{{{ITEMS}}}qti-assessment-item-ref")]
    items = [name for name in members if name.startswith("items/")]
    assert depends == placed == [ET.fromstring(members[name]).get("identifier") for name in items]
    assert len(set(placed)) == len(placed)


def test_qti_elements_stand_in_the_schema_s_order() -> None:
    """An item has its parts in an order that the schema of QTI 3.0 refuses."""
    order = [
        "qti-response-declaration",
        "qti-outcome-declaration",
        "qti-item-body",
        "qti-response-processing",
        "qti-modal-feedback",
    ]
    for name, item in qti_members(full_lesson()).items():
        if name.startswith("items/"):
            places = [order.index(part.tag.removeprefix(f"{{{ITEMS}}}")) for part in ET.fromstring(item)]
            assert places == sorted(places), name


@example(texts=["{{a}}\n{{b}}\n{{{c", "<![CDATA[", "]]>", "&amp;"])
@given(texts=HOSTILE)
def test_qti_keeps_any_text(texts: list[str]) -> None:
    """A character breaks the XML, becomes markup, or comes out as another."""
    members = qti_members(with_questions([hostile_question(number, text) for number, text in enumerate(texts)]))
    for number, text in enumerate(texts):
        found = " ".join(ET.fromstring(members[f"items/question-q{number}.xml"]).itertext())
        assert "{{" not in found
        texts_asked = (*(f"{letter}{text}" for letter in "bceghi"), *(f"{text}{letter}" for letter in "adf"))
        assert all(item_text(clean(one)) in item_text(found) for one in texts_asked)


def test_qti_owes_what_every_form_owes(tmp_path: Path) -> None:
    """Bytes differ, something is lost on the way, or notes for the facilitator reach the learners."""
    check_form("qti", qti_text, tmp_path)
