"""Quizzes read back: GIFT by a parser of others, Moodle XML by its structure, H5P by a server, QTI by a player."""

import io
import json
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from itbkg.teaching.formats import FORMATS
from itbkg.teaching.formats.gift import to_gift
from itbkg.teaching.formats.h5plibraries import LIBRARIES
from itbkg.teaching.formats.moodle import to_moodle
from itbkg.teaching.formats.qtiwords import ITEMS
from itbkg.teaching.formats.quiz import clean
from itbkg.teaching.lesson import Lesson, Option, Question, QuestionKind
from tests.full_lesson import COMMANDS, full_lesson, squash, text_of, told
from tests.made_lesson import made_lesson
from tests.npm_consumers import npm_consumer, run_node

NAMES = ("gift", "moodle-xml", "h5p", "qti")
#: The weights that Moodle knows (question/engine/bank.php, `question_bank::fraction_options_full`).
WEIGHTS = {
    100,
    90,
    83.33333,
    80,
    75,
    70,
    66.66667,
    60,
    50,
    40,
    33.33333,
    30,
    25,
    20,
    16.66667,
    14.28571,
    12.5,
    11.11111,
    10,
    5,
    0,
}
HOSTILE = st.lists(
    st.text(st.one_of(st.sampled_from("~=#{}:\\%[]<>&\"'-/$\n\r\t*_` 🧠\x00\x0b"), st.characters()), max_size=30),
    min_size=1,
    max_size=12,
)
GIFT_SCRIPT = """
const {parse} = require('gift-pegjs');
console.log(JSON.stringify(parse(require('fs').readFileSync(process.argv[2], 'utf8'))));
"""
#: Imports a package into an H5P server where the libraries of a folder are installed, saves it, and tells what is kept.
H5P_SCRIPT = """
const h5p = require('@lumieducation/h5p-server'), fs = require('fs'), os = require('os'), path = require('path');
const [archive, libraries] = process.argv.slice(2);
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'h5p-'));
const user = {id: '1', name: 'one', email: 'one@example.org', type: 'local'};
const {InMemoryStorage, FileContentStorage, FileLibraryStorage, DirectoryTemporaryFileStorage} = h5p.fsImplementations;
(async () => {
  const config = new h5p.H5PConfig(new InMemoryStorage());
  config.sendUsageStatistics = false;
  const store = new FileContentStorage(path.join(work, 'content'));
  const editor = new h5p.H5PEditor(new InMemoryStorage(), config, new FileLibraryStorage(libraries), store,
    new DirectoryTemporaryFileStorage(path.join(work, 'temporary')));
  const read = await editor.uploadPackage(archive, user);
  const needed = read.metadata.preloadedDependencies;
  const main = needed.find(one => one.machineName === read.metadata.mainLibrary);
  const name = `${main.machineName} ${main.majorVersion}.${main.minorVersion}`;
  const given = structuredClone(read.parameters);
  const saved = await editor.saveOrUpdateContentReturnMetaData(undefined, given, read.metadata, name, user);
  const kept = await store.getParameters(saved.id, user);
  console.log(JSON.stringify({given: read.parameters, kept, title: read.metadata.title}));
})().catch(error => { console.error(error); process.exitCode = 1; }).finally(() => fs.rmSync(work, {recursive: true}));
"""


def written(name: str, lesson: Lesson) -> bytes:
    """Write a lesson in a form."""
    file = io.BytesIO()
    FORMATS[name].write(lesson, file)
    return file.getvalue()


def with_questions(questions: Sequence[Question]) -> Lesson:
    """Make a lesson that asks these in its second part and nothing else."""
    lesson = made_lesson()
    stages = [replace(stage, questions=()) for stage in lesson.stages]
    stages[1] = replace(stages[1], questions=tuple(questions))
    return replace(lesson, stages=tuple(stages))


def hostile_question(number: int, text: str, kind: QuestionKind = "single") -> Question:
    """Make a question that is nothing but one text."""
    options = (
        Option("right", f"{text}a", True, 1, f"b{text}", f"c{text}", ("x/1",)),
        Option("wrong", f"{text}d", False, 2, f"e{text}", "", ()),
        Option("other", f"{text}f", False, 3, "", "", ()),
    )
    return Question(f"q{number}", kind, f"g{text}", options, f"h{text}", None, 0, "", f"i{text}", ())


def seen(text: str) -> str:
    """Return text as a reader sees it in any form."""
    return squash(clean(text))


@pytest.mark.parametrize("name", NAMES)
def test_bytes_are_always_the_same(name: str) -> None:
    """Two files of one lesson differ: a time, an order of a set, or a random id stands in them."""
    assert written(name, full_lesson()) == written(name, full_lesson())


@pytest.mark.parametrize("name", NAMES)
def test_everything_arrives(name: str, tmp_path: Path) -> None:
    """A fact, an answer, a reason, a count, a harm or a source is lost on the way."""
    text = READERS[name](full_lesson(), tmp_path)
    assert not [one for one in told(full_lesson()) if seen(one) not in text]


@pytest.mark.parametrize("name", NAMES)
def test_notes_for_the_facilitator_stay_away(name: str, tmp_path: Path) -> None:
    """A learner's quiz tells what only the facilitator is to read."""
    assert "Note on" not in READERS[name](full_lesson(), tmp_path)


# GIFT


@cache
def _gift() -> Path:
    return npm_consumer("gift", "gift-pegjs@1.0.2")


def parsed_gift(lesson: Lesson, folder: Path) -> list[dict[str, Any]]:
    """Read GIFT by a parser that is not ours."""
    path = folder / "case.gift"
    path.write_text(to_gift(lesson), "utf-8", newline="\n")
    questions: list[dict[str, Any]] = json.loads(run_node(_gift(), GIFT_SCRIPT, path))
    return questions


def gift_text(lesson: Lesson, folder: Path) -> str:
    """Return all text of a GIFT file, read by its parser."""
    return squash(" ".join(text_of(one) for one in _strings(parsed_gift(lesson, folder))))


def test_gift_types_and_weights(tmp_path: Path) -> None:
    """A question becomes another kind, or its key another."""
    questions = {one["title"].split()[-1]: one for one in parsed_gift(full_lesson(), tmp_path) if one.get("title")}
    kinds = {
        name: questions[name]["type"] for name in ("arrival", "first-thought", "examine", "convert", "steps", "say")
    }
    assert list(kinds.values()) == ["Description", "MC", "MC", "Numerical", "Matching", "Essay"]
    single = questions["first-thought"]["choices"]
    assert [choice["text"]["text"] for choice in single if choice["isCorrect"]] == [
        "Withdrawal of intrathecal baclofen"
    ]
    assert sorted(choice["weight"] for choice in questions["examine"]["choices"]) == [-100, 50, 50]
    number = questions["convert"]["choices"]
    assert (number["number"], number["range"]) == (41.7, 0.1) if isinstance(number, dict) else number
    pairs = {pair["subquestion"]["text"]: pair["subanswer"] for pair in questions["steps"]["matchPairs"]}
    assert pairs["Repair the pump"] == "Step 3"
    assert pairs["Give baclofen by mouth"] == pairs["Give intrathecal baclofen again"] == "Step 2"
    assert "may die of it" in str([choice["feedback"] for choice in questions["examine"]["choices"]])


@settings(max_examples=12)
@example(texts=["%50%", "%-100%x", "[html]", "[plain]{", "-> b", "::c::", "\\", "\\\\n", "=", "~x"])
@given(texts=HOSTILE)
def test_gift_keeps_any_text(texts: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    """A character ends an answer, begins a weight or a comment, or comes out as another."""
    kinds: tuple[QuestionKind, ...] = ("single", "several", "order")
    asked = [hostile_question(number, text, kinds[number % 3]) for number, text in enumerate(texts)]
    read = parsed_gift(with_questions(asked), tmp_path_factory.mktemp("gift"))
    found = [one for one in read if one["type"] in ("MC", "Matching")]
    assert len(found) == len(asked)
    for question, one in zip(asked, found, strict=True):
        assert text_of(one["stem"]["text"]).startswith(seen(question.prompt))
        parts = one["choices"] if one["type"] == "MC" else one["matchPairs"]
        texts_read = {text_of((part.get("text") or part.get("subquestion"))["text"]) for part in parts}
        assert texts_read == {seen(option.text) for option in question.options}
        everything = squash(" ".join(map(text_of, _strings(one))))
        assert seen(question.explanation) in everything
        assert all(seen(option.feedback) in everything for option in question.options)


# Moodle XML


def moodle_text(lesson: Lesson, _: Path) -> str:
    """Return all text of a Moodle file as its reader does: XML, then HTML."""
    return squash(" ".join(text_of(node.text or "") for node in ET.fromstring(to_moodle([lesson])).iter()))


def test_moodle_structure() -> None:
    """A question lacks what Moodle's import asks of its type, or bears a weight that Moodle does not know."""
    quiz = ET.fromstring(to_moodle([full_lesson()]))
    assert quiz.tag == "quiz"
    kinds = [question.get("type") for question in quiz]
    assert kinds[0] == "category"
    assert {"description", "multichoice", "numerical", "matching", "essay"} == set(kinds[1:])
    for question in quiz[1:]:
        for path in ("name/text", "questiontext/text", "generalfeedback/text", "defaultgrade", "idnumber"):
            assert question.find(path) is not None, path
        assert question.find("questiontext").get("format") == "html"  # type: ignore[union-attr]
    numbers = [question.findtext("idnumber") for question in quiz[1:]]
    assert len(set(numbers)) == len(numbers)
    assert "doe-1901-1 examine" in numbers


def test_moodle_weights() -> None:
    """Right options do not add up to all, or a wrong one is taken for right."""
    quiz = ET.fromstring(to_moodle([full_lesson()]))
    for question in (one for one in quiz if one.get("type") == "multichoice"):
        weights = [float(answer.get("fraction", "")) for answer in question.iter("answer")]
        assert {abs(round(weight, 5)) for weight in weights} <= WEIGHTS
        assert sum(weight for weight in weights if weight > 0) == pytest.approx(100, abs=1e-4)
        assert (question.findtext("single") == "true") == ("-" not in "".join(map(str, weights)))
        assert all(answer.findtext("feedback/text") for answer in question.iter("answer"))


def test_moodle_numbers_and_pairs() -> None:
    """The tolerance is lost, or an option of an order stands at another step."""
    quiz = {one.findtext("idnumber"): one for one in ET.fromstring(to_moodle([full_lesson()]))}
    number = quiz["doe-1901-1 convert"].find("answer")
    assert number is not None
    assert (number.findtext("text"), number.findtext("tolerance"), number.get("fraction")) == ("41.7", "0.1", "100")
    pairs = {one.findtext("text"): one.findtext("answer/text") for one in quiz["doe-1901-1 partly"].iter("subquestion")}
    assert pairs == {"First": "Step 1", "Second": "Step 2", "Never": "Not among the steps"}
    assert "That the pump stopped" in (quiz["doe-1901-1 say"].findtext("graderinfo/text") or "")


@given(texts=HOSTILE)
def test_moodle_keeps_any_text(texts: list[str]) -> None:
    """A character breaks the XML, becomes markup, or comes out as another."""
    asked = [hostile_question(number, text) for number, text in enumerate(texts)]
    quiz = ET.fromstring(to_moodle([with_questions(asked)]))
    found = [one for one in quiz if one.get("type") == "multichoice"]
    for question, one in zip(asked, found, strict=True):
        assert text_of(one.findtext("questiontext/text") or "") == seen(question.prompt)
        read = {text_of(answer.findtext("text") or "") for answer in one.iter("answer")}
        assert read == {seen(option.text) for option in question.options}


# H5P


@pytest.fixture(scope="module")
def libraries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install libraries of the names, versions and fields that H5P's own have; they hold no code."""
    folder = tmp_path_factory.mktemp("libraries")
    fields = {"H5P.BranchingScenario": SCENARIO, "H5P.BranchingQuestion": QUESTION, "H5P.AdvancedText": TEXT}
    for name, (major, minor) in LIBRARIES.items():
        inside = folder / f"{name}-{major}.{minor}"
        inside.mkdir()
        about = {"title": name, "machineName": name, "majorVersion": major, "minorVersion": minor, "patchVersion": 0}
        (inside / "library.json").write_text(json.dumps({**about, "runnable": int(name in fields)}), "utf-8")
        (inside / "semantics.json").write_text(json.dumps(fields.get(name, [])), "utf-8")
    return folder


def imported_h5p(lesson: Lesson, installed: Path, folder: Path) -> dict[str, Any]:
    """Import a package into an H5P server (GPL, for tests alone); it refuses what is no H5P package."""
    path = folder / "case.h5p"
    path.write_bytes(written("h5p", lesson))
    server = npm_consumer("h5p", "@lumieducation/h5p-server@10.0.4")
    document: dict[str, Any] = json.loads(run_node(server, H5P_SCRIPT, path, installed).splitlines()[-1])
    return document


def h5p_text(lesson: Lesson, _: Path) -> str:
    """Return all text of an H5P package."""
    return squash(" ".join(text_of(one) for one in _strings(h5p_content(lesson))))


def h5p_content(lesson: Lesson) -> Any:
    """Return the content of an H5P package."""
    with zipfile.ZipFile(io.BytesIO(written("h5p", lesson))) as archive:
        assert archive.namelist() == ["h5p.json", "content/content.json"]
        return json.loads(archive.read("content/content.json"))


def test_h5p_imports_where_the_libraries_are(libraries: Path, tmp_path: Path) -> None:
    """An H5P server refuses the package, or drops or rewrites a part that its library has no such field for."""
    document = imported_h5p(full_lesson(), libraries, tmp_path)
    assert document["title"] == full_lesson().title
    assert _unescaped(document["kept"]) == _unescaped(document["given"])


def test_h5p_names_what_it_needs(tmp_path: Path) -> None:
    """A package would name too little: a site without a library would take it and show nothing."""
    empty = tmp_path / "none"
    empty.mkdir()
    with pytest.raises(AssertionError, match="install-missing-libraries") as refused:
        imported_h5p(made_lesson(), empty, tmp_path)
    assert not [name for name in LIBRARIES if name not in str(refused.value)]
    used = {one["type"]["library"] for one in h5p_content(full_lesson())["branchingScenario"]["content"]}
    assert used < {f"{name} {major}.{minor}" for name, (major, minor) in LIBRARIES.items()}


def test_h5p_ways_lead_to_the_end() -> None:
    """A way leads nowhere, a part is never reached, or the learner is caught."""
    content = h5p_content(full_lesson())["branchingScenario"]["content"]
    ways = {place: set(_ways(one)) for place, one in enumerate(content)}
    assert set().union(*ways.values()) == {*range(1, len(content)), -1}
    ending = {-1}
    while further := {place for place, led in ways.items() if led & ending} - ending:
        ending |= further
    assert ending >= set(ways)
    assert len({one["type"]["subContentId"] for one in content}) == len(content)


def test_h5p_wrong_leads_back_and_right_goes_on() -> None:
    """A wrong choice goes on as if it were right, or without its reason and harm."""
    content = h5p_content(full_lesson())["branchingScenario"]["content"]
    questions = {place: one for place, one in enumerate(content) if "Branching" in one["type"]["library"]}
    thought = next(place for place, one in questions.items() if "think of first" in str(one))
    led = {one["text"]: one for one in _alternatives(questions[thought])}
    assert led["Withdrawal of intrathecal baclofen"]["nextContentId"] == thought + 1
    assert led["Meningitis"]["nextContentId"] == thought
    assert "of 99 cases" in led["Meningitis"]["feedback"]["subtitle"]
    wait = next(one for place in questions for one in _alternatives(questions[place]) if "Wait until" in one["text"])
    assert "Dangerous" in wait["feedback"]["title"]
    assert "may die of it" in wait["feedback"]["subtitle"]


def test_h5p_order_goes_step_by_step() -> None:
    """A later step is taken for the first, or one of two that share a rank is refused."""
    content = h5p_content(with_questions([_asked("steps")]))["branchingScenario"]["content"]
    asked = [place for place, one in enumerate(content) if "BranchingQuestion" in one["type"]["library"]]
    for first in ("Give intrathecal baclofen again", "Give baclofen by mouth"):
        place = _choose(content, asked[0], "Secure airway, breathing and circulation", moves=True)
        _choose(content, place, "Repair the pump", moves=False)
        place = _choose(content, place, first, moves=True)
        _choose(content, place, "Repair the pump", moves=False)
    assert content[-1]["nextContentId"] == -1


# QTI


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


def _asked(name: str) -> Question:
    return next(one for stage in full_lesson().stages for one in stage.questions if one.id == name)


def _strings(document: Any) -> Iterator[str]:
    if isinstance(document, str):
        yield document
    elif isinstance(document, dict | list):
        for one in document.values() if isinstance(document, dict) else document:
            yield from _strings(one)


def _unescaped(document: Any) -> Any:
    """Read what is kept as a browser does: the server writes some character references as characters."""
    if isinstance(document, str):
        return unescape(document).replace("<br />", "<br/>")
    if isinstance(document, list):
        return [_unescaped(one) for one in document]
    return {name: _unescaped(one) for name, one in document.items()} if isinstance(document, dict) else document


def _alternatives(node: Any) -> list[dict[str, Any]]:
    return node["type"]["params"].get("branchingQuestion", {}).get("alternatives", [])  # type: ignore[no-any-return]


def _ways(node: Any) -> Iterator[int]:
    yield from (one["nextContentId"] for one in _alternatives(node))
    if "nextContentId" in node:
        yield node["nextContentId"]


def _choose(content: Any, place: int, text: str, *, moves: bool) -> int:
    """Choose an alternative; return where it leads."""
    led = next(one["nextContentId"] for one in _alternatives(content[place]) if one["text"] == text)
    assert (led != place) == moves
    return int(led)


def _field(name: str, kind: str, **more: object) -> dict[str, object]:
    return {"name": name, "type": kind, "label": name, "optional": True, **more}


def _html(name: str) -> dict[str, object]:
    return _field(name, "text", widget="html", enterMode="p", tags=["strong", "em", "del", "code", "a"])


_FEEDBACK = _field("feedback", "group", fields=[_html("title"), _html("subtitle"), _field("endScreenScore", "number")])
TEXT = [
    _field(
        "text", "text", widget="html", enterMode="p", tags=["strong", "em", "del", "a", "ul", "ol", "h2", "h3", "hr"]
    )
]
QUESTION = [
    _field(
        "branchingQuestion",
        "group",
        fields=[
            _field("question", "text", widget="html", enterMode="p", tags=["strong", "em", "h2", "h3"]),
            _field(
                "alternatives",
                "list",
                min=2,
                field=_field(
                    "answer", "group", fields=[_field("text", "text"), _field("nextContentId", "number"), _FEEDBACK]
                ),
            ),
        ],
    )
]
_CONTENT = [
    _field("type", "library", options=[f"{name} {major}.{minor}" for name, (major, minor) in LIBRARIES.items()]),
    _field("showContentTitle", "boolean"),
    _field("proceedButtonText", "text", maxLength=50),
    _field("forceContentFinished", "select", options=[{"value": "useBehavioural", "label": "as set"}]),
    _field("contentBehaviour", "select", options=[{"value": "useBehavioural", "label": "as set"}]),
    _field("nextContentId", "number"),
    _FEEDBACK,
]
_END = [_html("endScreenTitle"), _html("endScreenSubtitle"), _field("contentId", "number", max=0)]
_WORDS = ("startScreen", "endScreen", "back", "disableProceed", "replay")
SCENARIO = [
    _field(
        "branchingScenario",
        "group",
        fields=[
            _field("title", "text"),
            _field("startScreen", "group", fields=[_html("startScreenTitle"), _html("startScreenSubtitle")]),
            _field("endScreens", "list", field=_field("endScreen", "group", fields=_END)),
            _field("content", "list", min=1, field=_field("content", "group", fields=_CONTENT)),
            _field(
                "scoringOptionGroup",
                "group",
                fields=[
                    _field("scoringOption", "select", options=[{"value": "no-score", "label": "none"}]),
                    _field("includeInteractionsScores", "boolean"),
                ],
            ),
            _field(
                "behaviour",
                "group",
                fields=[
                    _field(name, "boolean")
                    for name in ("enableBackwardsNavigation", "forceContentFinished", "randomizeBranchingQuestions")
                ],
            ),
            _field(
                "l10n",
                "group",
                fields=[
                    *(_field(f"{name}ButtonText", "text") for name in _WORDS),
                    _field("scoreText", "text"),
                    _field("fullscreenAria", "text"),
                ],
            ),
        ],
    )
]
READERS: dict[str, Callable[[Lesson, Path], str]] = {
    "gift": gift_text,
    "moodle-xml": moodle_text,
    "h5p": h5p_text,
    "qti": qti_text,
}
