"""The player in a browser: played by keyboard alone, read by a checker of accessibility, without network or storage."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, BrowserContext, Page
from pypdf import PdfReader

from itbkg.teaching.formats import FORMATS
from itbkg.teaching.formats.player import to_html
from itbkg.teaching.formats.shown import choices, course, key, moments
from itbkg.teaching.lesson import Lesson, Option, Question
from tests.made_lesson import HOSTILE, ORDER, made_lesson
from tests.npm_consumers import npm_consumer

#: What may be seen only once its part is open: titles, reasons, the harm, the model answer, the sources.
LATER = ("Looking further", "The pump had stopped", "the patient may die of it", "and what follows", "J Made Up Med")
WITHOUT_STORAGE = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('none'); } });"

Play = Callable[..., Page]


@cache
def axe() -> str:
    """Return the source of axe-core (MPL-2.0, for tests alone)."""
    return (npm_consumer("axe", "axe-core@4.14.1") / "node_modules/axe-core/axe.min.js").read_text("utf-8")


@pytest.fixture
def complaints() -> list[str]:
    """Gather what the console tells and what is thrown."""
    return []


@pytest.fixture
def play(browser: Browser, tmp_path: Path, complaints: list[str]) -> Iterator[Play]:
    """Open lessons from disk; afterwards nothing may have been asked for, complained of or thrown."""
    contexts: list[BrowserContext] = []
    asked: list[str] = []

    def opened(lesson: Lesson | None = None, init: str = "", **context: object) -> Page:
        path = tmp_path / "case.html"
        path.write_text(to_html(lesson or made_lesson()), "utf-8")
        contexts.append(browser.new_context(**{"reduced_motion": "reduce", **context}))  # type: ignore[arg-type]
        contexts[-1].on("request", lambda request: asked.append(request.url))
        contexts[-1].set_offline(True)
        contexts[-1].add_init_script(init)
        page = contexts[-1].new_page()
        page.set_default_timeout(5000)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert {url.split("#")[0] for url in asked} == {(tmp_path / "case.html").as_uri()}
    assert not complaints


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is there; a trap, or an element that cannot be reached, ends in a failure."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached by Tab")


def press(page: Page, selector: str, key_pressed: str = "Enter") -> None:
    """Go to an element by Tab and press a key there."""
    tab_to(page, selector)
    page.keyboard.press(key_pressed)


def go_on(page: Page) -> None:
    """Open the next part by keyboard; the focus is then on its heading."""
    press(page, "[data-go]")
    assert page.evaluate("document.activeElement.tagName") == "H2"


def focused(page: Page) -> str:
    """Return the text of what has the focus."""
    return str(page.evaluate("document.activeElement.textContent"))


def look(page: Page) -> None:
    """Hold what is shown against axe, and against the width of the window."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.evaluate(axe())
    found = page.evaluate("axe.run(document)")
    told = [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found["violations"]]
    assert not told
    assert len(found["passes"]) > 20


def to_the_end(page: Page) -> None:
    """Look up every answer and go to the end, by script: for tests of what comes after."""
    page.evaluate("""() => { while (!document.querySelector("#end").classList.contains("open")) {
        const button = [...document.querySelectorAll(".stage.open [data-look], .stage.open [data-go]")].find(
          (one) => one.checkVisibility());
        button.click();
    } }""")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_it_plays_from_start_to_end_by_keyboard_alone(play: Play, width: int, scheme: str) -> None:
    """Who has no mouse would not reach the end; or the page not be read by ear, on a phone, in the dark."""
    page = play(viewport={"width": width, "height": 800}, color_scheme=scheme)
    look(page)
    go_on(page)
    assert focused(page) == "What could it be?"
    assert not [text for text in LATER if text in page.inner_text("body")]
    tab_to(page, "#question-1 input")
    page.keyboard.press("Space")
    while page.evaluate("document.activeElement.value") != "withdrawal":
        page.keyboard.press("ArrowDown")
    press(page, "#question-1 [type=submit]")
    assert focused(page) == "As the sources have it."
    go_on(page)
    look(page)
    press(page, "#question-2 [value=interrogate], #question-2 [value=radiograph]", "Space")
    press(page, "#question-2 [value=interrogate], #question-2 [value=radiograph]", "Space")
    press(page, "#question-2 [type=submit]")
    assert focused(page) == "As the sources have it."
    tab_to(page, "#question-3 input")
    page.keyboard.type("41,7")
    page.keyboard.press("Enter")
    go_on(page)
    go_on(page)
    order_by_keyboard(page)
    look(page)
    press(page, "#question-4 [type=submit]")
    assert focused(page) == "As the sources have it."
    go_on(page)
    go_on(page)
    tab_to(page, "#question-5 textarea")
    page.keyboard.type("That it had stopped.")
    press(page, "#question-5 [type=submit]")
    assert focused(page) == "Lay your words beside the model answer."
    go_on(page)
    assert focused(page) == "The end of the case"
    assert page.inner_text("#score-text") == (
        "Of 4 questions with a key you answered 4 as the sources have it; 1 you answered in your own words."
    )
    assert not [text for text in LATER if text not in page.inner_text("body")]
    look(page)


def order_by_keyboard(page: Page) -> None:
    """Bring the steps into their order with the buttons, the focus staying on the button that moves."""
    for place, step in enumerate(("airway", "oral", "replace", "repair")):
        for _ in range(4):
            now = page.eval_on_selector_all("#question-4 .steps > li", "items => items.map(one => one.dataset.option)")
            if now.index(step) == place:
                break
            button = f"#question-4 [data-option={step}] [data-move='-1']"
            if not page.evaluate("selector => document.activeElement.matches(selector)", button):
                page.focus("#part-5-title")
                tab_to(page, button)
            page.keyboard.press("Enter")
            assert page.evaluate("selector => document.activeElement.matches(selector)", button)
            told = page.inner_text("#say")
            assert told.endswith(f"now {now.index(step)} of 4.")


def test_who_presses_tab_comes_to_the_end_of_the_page_and_back(play: Play) -> None:
    """The keyboard would be caught in a part of the page."""
    page = play()
    press(page, "[data-go]")
    seen = set()
    for pressed in ("Tab", "Shift+Tab"):
        for _ in range(40):
            page.keyboard.press(pressed)
            seen.add(page.evaluate("document.activeElement.outerHTML.slice(0, 60)"))
        tab_to(page, "[data-print=all]")
    assert len(seen) > 8


def test_a_wrong_answer_is_told_with_its_harm_and_without_blame(play: Play) -> None:
    """A learner would not see which choice was theirs, why it is wrong, or that it would have harmed."""
    page = play()
    page.click("[data-go]:visible")
    page.check("#question-1 [value=sepsis]")
    page.click("#question-1 [type=submit]")
    assert focused(page) == "Differs from what the sources have: see why."
    mine = page.inner_text("#question-1 [data-option=sepsis]")
    assert "Your choice" in mine
    assert "Reported for 12 of 99 cases that say; not reported by 7." in mine
    assert "Sources: doe-1901/1, roe-1902/2" in mine
    assert page.inner_text("#question-1").count("Your choice") == 1
    page.click("[data-go]:visible")
    for box in page.query_selector_all("#question-2 input"):
        box.check()
    page.click("#question-2 [type=submit]")
    harm = page.inner_text("#question-2 .danger")
    assert "Dangerous: Withdrawal goes on, and the patient may die of it." in harm
    to_the_end(page)
    assert page.inner_text("#score-text") == (
        "Of 5 questions with a key you answered 0 as the sources have it; 3 you looked up."
    )
    assert len(page.query_selector_all("#score-again li")) == 5
    assert not re.search(r"\b(wrong|fail|bad|poor|incorrect)", page.inner_text("#score"), re.IGNORECASE)


def test_nothing_is_not_taken_for_an_answer(play: Play) -> None:
    """An empty answer would open the next part, or the learner not be told what is missing."""
    page = play()
    page.click("[data-go]:visible")
    page.click("#question-1 [type=submit]")
    assert "Choose an answer first" in page.inner_text("#question-1 [role=alert]")
    assert page.evaluate("document.activeElement.getAttribute('aria-invalid')") == "true"
    look(page)
    page.check("#question-1 [value=sepsis]")
    page.click("#question-1 [type=submit]")
    assert page.inner_text("#question-1 [role=alert]") == ""
    page.click("[data-go]:visible")
    page.fill("#question-3 input", "hot")
    page.press("#question-3 input", "Enter")
    assert "Write a number" in page.inner_text("#question-3 [role=alert]")
    assert not page.query_selector("[data-go]:visible")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        *((text, "right") for text in ("41.7", "41,7", " 41.65 °C", "41.60", "+41.8")),
        *((text, "differs") for text in ("41.5", "417", "-41.7", "42")),
    ],
)
def test_a_number_is_read_as_people_write_it(play: Play, text: str, told: str) -> None:
    """A right number would be refused for its comma, unit or rounding, or a wrong one be taken."""
    lesson = made_lesson()
    page = play(replace(lesson, stages=lesson.stages[2:3]))
    page.fill("#question-2 input", text)
    page.press("#question-2 input", "Enter")
    assert page.get_attribute("#question-2 .verdict", "data-verdict") == told


@pytest.mark.parametrize(
    ("text", "told"), [("1200", "right"), ("1,200", "right"), ("1 200", "right"), ("1.2", "differs")]
)
def test_thousands_may_be_parted(play: Play, text: str, told: str) -> None:
    """A dose of a thousand and more would be refused where it is written with a comma or a blank."""
    lesson = made_lesson()
    question = replace(lesson.stages[2].questions[1], number=1200.0, tolerance=0.0)
    page = play(replace(lesson, stages=(replace(lesson.stages[2], questions=(question,)),)))
    page.fill("#question-1 input", text)
    page.press("#question-1 input", "Enter")
    assert page.get_attribute("#question-1 .verdict", "data-verdict") == told


def test_a_learner_comes_back_to_where_they_were(play: Play) -> None:
    """Closing the page would lose the answers; a changed case would show answers that were given to another."""
    page = play()
    page.click("[data-go]:visible")
    page.check("#question-1 [value=sepsis]")
    page.click("#question-1 [type=submit]")
    page.click("[data-go]:visible")
    page.reload()
    assert page.is_visible("#part-3")
    assert page.is_hidden("#part-4")
    assert page.is_visible("#resume")
    assert "Your choice" in page.inner_text("#question-1 [data-option=sepsis]")
    look(page)
    page.click("#resume [data-again]")
    page.wait_for_function("!document.querySelector('#part-2.open')")
    assert page.is_hidden("#resume")
    keys = {place(lesson) for lesson in (made_lesson(), changed())}
    assert len(keys) == 2
    assert all(one.startswith("itbkg:doe-1901-1:") for one in keys)


def changed() -> Lesson:
    """Make the same lesson from another dataset."""
    return replace(made_lesson(), provenance=("Dataset sha256 fedcba",))


def place(lesson: Lesson) -> str:
    """Return the name under which a browser keeps a learner's place."""
    return to_html(lesson).split('data-place="')[1].split('"')[0]


def kept(text: str) -> str:
    """Return a script that puts a text where the page keeps its own."""
    return f"localStorage.setItem({place(made_lesson())!r}, {text!r});"


@pytest.mark.parametrize(
    "init",
    [
        WITHOUT_STORAGE,
        *map(kept, ("{", "null", "[]")),
        kept('{"answers": {"first-thought": 3, "steps": {}}, "open": "x", "ended": true}'),
        kept('{"answers": {"steps": {"given": ["airway", "airway"]}, "convert": {"given": []}}, "open": 7}'),
    ],
    ids=["none", "broken", "null", "list", "foreign", "senseless"],
)
def test_without_a_memory_it_plays_all_the_same(play: Play, init: str) -> None:
    """A browser that keeps nothing, or something else, would show an empty page or the end at once."""
    page = play(init=init)
    assert page.is_visible("#part-1")
    assert page.is_hidden("#part-3")
    assert page.is_hidden("#end")
    assert not page.query_selector(".answered")
    to_the_end(page)
    assert page.is_visible("#end")


def test_without_scripts_everything_is_read_in_order(play: Play) -> None:
    """Who has no JavaScript would see an empty page, or all answers at once."""
    page = play(java_script_enabled=False, viewport={"width": 390, "height": 800})
    text = page.inner_text("body")
    places = [text.index(stage.title) for stage in made_lesson().stages]
    assert places == sorted(places)
    assert "J Made Up Med" in text
    assert "the patient may die of it" not in text
    assert "Move up" not in text
    assert not page.query_selector("button:visible")
    page.click("#question-2 summary")
    assert "the patient may die of it" in page.inner_text("#question-2")


def test_what_is_printed_is_what_is_open_or_all(play: Play) -> None:
    """A print would give later parts away, or the whole case not be had on paper."""
    page = play(init="window.print = () => {};")
    page.click("[data-go]:visible")
    part = printed(page)
    assert "What could it be?" in part
    assert not [text for text in LATER if text in part]
    page.click("[data-print=all]")
    whole = printed(page)
    assert not [text for text in LATER if text not in whole]
    assert "Go on" not in whole


def printed(page: Page) -> str:
    """Print a page and return its text, line ends as blanks."""
    pages = PdfReader(io.BytesIO(page.pdf())).pages
    return " ".join(" ".join(one.extract_text() for one in pages).split())


def test_motion_is_for_those_who_have_not_refused_it(play: Play) -> None:
    """Somebody whom motion makes ill would see parts rise."""
    still = play()
    still.click("[data-go]:visible")
    assert still.evaluate("getComputedStyle(document.querySelector('#part-2')).animationName") == "none"
    moving = play(reduced_motion="no-preference")
    moving.click("[data-go]:visible")
    assert moving.evaluate("getComputedStyle(document.querySelector('#part-2')).animationName") == "rise"


def test_texts_stay_texts(play: Play) -> None:
    """A text of a record or of an educator would run as a script, or be swallowed as markup."""
    lesson = made_lesson()
    page = play(replace(lesson, title=HOSTILE, id='x" onload="alert(1)', objectives=(HOSTILE,), licence=HOSTILE))
    assert page.inner_text("h1") == HOSTILE
    assert page.title() == HOSTILE
    assert len(page.query_selector_all("script")) == 2
    to_the_end(page)
    assert page.inner_text("body").count("<script>alert('x')</script>") >= 5
    assert not page.query_selector("a[href^=javascript]")


def test_only_its_own_script_may_run(play: Play, complaints: list[str]) -> None:
    """The policy in the page would let a smuggled script or style through."""
    page = play()
    policy = page.get_attribute("meta[http-equiv=Content-Security-Policy]", "content") or ""
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    ran = page.evaluate("""() => { const one = document.createElement("script"); one.textContent = "window.ran = 1";
        document.addEventListener("securitypolicyviolation", (event) => { window.refused = event.violatedDirective; });
        document.body.append(one);
        return new Promise((done) => setTimeout(() => done([window.ran, window.refused]), 100)); }""")
    assert ran[0] is None
    assert ran[1].startswith("script-src")
    assert len(complaints) == 1
    complaints.clear()


def test_every_part_of_a_lesson_is_told(play: Play) -> None:
    """Safety, sources, licence or provenance would be missing."""
    lesson = made_lesson()
    page = play()
    assert page.inner_text("body").count(lesson.safety) == 2
    for text in (lesson.audience, lesson.level, "30 minutes", *lesson.objectives):
        assert text in page.inner_text("body")
    to_the_end(page)
    text = page.inner_text("body")
    for said in (*lesson.provenance, lesson.licence, lesson.case, *(one.text for one in lesson.references)):
        assert said in text
    for stage in lesson.stages:
        assert all(" ".join(fact.text.split()) in text for fact in stage.facts)


def test_a_published_case_plays(play: Play, lesson: Lesson) -> None:
    """Texts of real records would run out of a phone, or break what a made-up lesson does not."""
    page = play(lesson, viewport={"width": 390, "height": 800})
    to_the_end(page)
    look(page)
    assert len(page.query_selector_all(".answered")) == len(page.query_selector_all(".question")) > 0


def test_the_same_lesson_gives_the_same_bytes() -> None:
    """A page would differ from one writing to the next."""
    first, second = io.BytesIO(), io.BytesIO()
    FORMATS["html"].write(made_lesson(), first)
    FORMATS["html"].write(made_lesson(), second)
    assert first.getvalue() == second.getvalue() == to_html(made_lesson()).encode()


@given(st.lists(st.integers(1, 5), min_size=2, max_size=9), st.text("abc", min_size=1, max_size=5))
def test_the_order_shown_is_not_the_answer(ranks: list[int], name: str) -> None:
    """An order question would show its answer; or its key be in another order than that of the ranks."""
    options = tuple(Option(f"{name}-{place}", "", False, rank, "", "", ()) for place, rank in enumerate(ranks))
    question: Question = replace(ORDER, id=name, options=options)
    shown = [choice.option.rank for choice in choices(question)]
    assert len(set(ranks)) == 1 or shown != sorted(ranks)
    assert [choice.option.rank for choice in key(question)] == sorted(ranks)
    assert {choice.option for choice in choices(question)} == set(options)


def test_an_added_option_moves_no_other() -> None:
    """An option added by an educator would shuffle the rest, so that letters told in class no longer fit."""
    question = replace(ORDER, kind="single")
    before = [choice.option.id for choice in choices(question)]
    added = replace(question, options=(*question.options, replace(question.options[0], id="added")))
    assert [choice.option.id for choice in choices(added) if choice.option.id != "added"] == before


def test_the_course_is_in_the_order_of_time() -> None:
    """The table at the end would jump in time, tell a fact twice, or tell a time that is not known."""
    lesson = made_lesson()
    twice = replace(lesson, stages=(*lesson.stages, lesson.stages[0]))
    assert sum(len(moment.facts) for moment in moments(course(twice))) == 7
    assert [moment.time for moment in moments(course(twice))] == ["-48 h", "-48 to -24 h", "0 h", "2 h", "24 h", "6 mo"]
    hours = [fact.earliest_hours for fact in course(twice)]
    assert hours == [-48, -48, 0, 0, 2, 24, 4383]
