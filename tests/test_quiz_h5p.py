"""H5P packages imported into a server of H5P, and their ways walked to the end."""

import io
import json
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from itbkg.teaching.formats.h5plibraries import LIBRARIES
from itbkg.teaching.lesson import Lesson, Question
from tests.full_lesson import full_lesson, squash, text_of
from tests.h5p_semantics import QUESTION, SCENARIO, TEXT
from tests.made_lesson import made_lesson
from tests.npm_consumers import npm_consumer, run_node
from tests.quizzes import check_form, strings, with_questions, written

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
    return squash(" ".join(text_of(one) for one in strings(h5p_content(lesson))))


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


def test_h5p_owes_what_every_form_owes(tmp_path: Path) -> None:
    """Bytes differ, something is lost on the way, or notes for the facilitator reach the learners."""
    check_form("h5p", h5p_text, tmp_path)


def _asked(name: str) -> Question:
    return next(one for stage in full_lesson().stages for one in stage.questions if one.id == name)


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
