"""Text inside charts: whoever reads it needs the contrast of any other text (WCAG 2.2, 1.4.3), in both themes.

axe-core does not look into drawings. Here each text of a drawn SVG is held against what lies under it.
"""

from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from itbkg.charts.style import contrast
from tests.browser.conftest import Opening
from tests.browser.watching import THEMES

ENOUGH = 4.5
#: A page, what is pressed on it, and the drawing that is then there.
CHARTS = {
    "timeline": ("/cases/mohammed-2004/1", ["Show the chart"], "figure[data-chart=timeline] .drawing svg"),
    "heat map": ("/links", ["Show the chart: How many"], "figure[data-chart=heat] .drawing svg"),
    "forest": ("/links", ["Show the chart: Risks"], "figure[data-chart=forest] .drawing svg"),
    "flows": ("/graph", ["Show the chart"], "figure[data-chart=flows] .drawing svg"),
    "network": ("/graph?node=CatheterCause", [], "#drawing svg"),
    "chart of an answer": (
        "/ask/sparql?query=SELECT+%3Fp+(COUNT(*)+AS+%3Fn)+%7B+%3Fs+%3Fp+%3Fo+%7D+GROUP+BY+%3Fp+ORDER+BY+%3Fp+LIMIT+9",
        ["Chart"],
        "#answer .drawing svg",
    ),
}
#: Each text of a drawing with its own colour and those of what lies under it, at three places along its line: the first
#: that is filled there, through what is half transparent. A text's own outline is not looked at: without it the text
#: must be readable too.
TEXTS = """drawing => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("svg, svg * { pointer-events: visiblePainted !important }");
  document.adoptedStyleSheets.push(sheet);
  const parsed = colour => { const [r, g, b, a = 1] = colour.match(/[\\d.]+/g).map(Number); return [r, g, b, a]; };
  const over = ([r, g, b, a], below) => [r, g, b].map((part, at) => part * a + below[at] * (1 - a)).concat(1);
  const seen = one => one instanceof Element ? getComputedStyle(one).opacity * seen(one.parentElement) : 1;
  const paint = one => {
    const style = getComputedStyle(one), drawn = one instanceof SVGElement && !(one instanceof SVGSVGElement);
    const colour = drawn ? style.fill : style.backgroundColor;
    if (!colour.startsWith("rgb")) return [0, 0, 0, 0];
    const [r, g, b, a] = parsed(colour);
    return [r, g, b, a * seen(one) * (drawn ? Number(style.fillOpacity) : 1)];
  };
  const ground = (x, y) => {
    const layers = document.elementsFromPoint(x, y).filter(one => !one.closest("text")).map(paint);
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255, 1]);
  };
  const hex = colour => "#" + colour.slice(0, 3).map(part => Math.round(part).toString(16).padStart(2, "0")).join("");
  return [...drawing.querySelectorAll("text")].filter(text => text.textContent.trim()).flatMap(text =>
    [...(text.querySelector("tspan") ? text.querySelectorAll("tspan") : [text])].flatMap(line => {
      line.scrollIntoView({block: "center", inline: "center"});
      const box = line.getBoundingClientRect();
      return [0.1, 0.5, 0.9].map(part => {
        const below = ground(box.left + box.width * part, box.top + box.height / 2);
        return [line.textContent, hex(over(paint(line), below)), hex(below)];
      });
    }));
}"""


def faint(page: Page, drawing: str) -> list[tuple[str, str, str]]:
    """Return the texts of a drawing that stand out too little, each with its colour and that under it."""
    texts = page.locator(drawing).evaluate(TEXTS)
    assert len(texts) > 20
    return [tuple(one) for one in texts if contrast(one[1], one[2]) < ENOUGH]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("chart", CHARTS)
def test_text_of_a_chart_stands_out(opened_page: Opening, chart: str, theme: Literal["light", "dark"]) -> None:
    """A label would vanish on its ground, or on the bar or cell under it."""
    address, buttons, drawing = CHARTS[chart]
    with opened_page(theme=theme) as page:
        page.goto(address)
        for name in buttons:
            page.get_by_role("button", name=name).click()
        expect(page.locator(drawing)).to_be_visible()
        page.wait_for_function("() => !document.querySelector('[aria-busy=true]')")
        assert faint(page, drawing) == []


def test_faint_text_is_found(browser_page: Page) -> None:
    """The test above would pass whatever the colours are."""
    browser_page.goto("/graph")
    label, cell = browser_page.locator("#drawing text").first, browser_page.locator("#drawing path.kind-cause").last
    label.evaluate("text => { text.style.fill = '#999999'; }")
    told = {line.text_content() for line in label.locator("tspan").all()}
    assert {text for text, *_ in faint(browser_page, "#drawing svg")} == told
    label.evaluate("text => { text.style.fill = ''; }")
    cell.evaluate("path => path.setAttribute('transform', 'translate(150 400) scale(2000)')")
    assert len(faint(browser_page, "#drawing svg")) > 20


@pytest.mark.parametrize("theme", THEMES)
def test_labels_of_the_moving_network_stand_out(opened_page: Opening, theme: Literal["light", "dark"]) -> None:
    """It is drawn as points, not as text: labels lie on the ground, of which the classes below them shine through."""
    names = (
        "--ground",
        "--ink",
        "--soft",
        *(f"--series-{number}" for number in range(1, 7)),
        "--chart-band",
        "--accent",
    )
    with opened_page(theme=theme) as page:
        page.goto("/graph")
        read = "names => names.map(name => getComputedStyle(document.documentElement).getPropertyValue(name).trim())"
        ground, ink, soft, *others = page.evaluate(read, list(names))
        for below in others:
            shining = mixed(ground, below, 0.85)
            assert min(contrast(ink, shining), contrast(soft, shining)) >= ENOUGH, below


def mixed(one: str, other: str, share: float) -> str:
    """Lay a colour of a share of opacity over another."""
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(over * share + below * (1 - share)):02x}" for over, below in pairs)
