"""Slides drawn with python-pptx: boxes, text, charts and notes, the same bytes each time."""

import datetime
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from pptx import Presentation
from pptx.chart.data import XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.xmlchemy import OxmlElement
from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.util import Pt

from itbkg import __version__
from itbkg.teaching.formats.quiz import clean
from itbkg.teaching.formats.slidechart import Chart
from itbkg.teaching.formats.slidefit import ABOVE, INDENTS, SIZES, Line, text_height
from itbkg.teaching.formats.zips import read_members, write_members
from itbkg.teaching.lesson import Lesson


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a slide, in points from its upper left corner."""

    left: float
    top: float
    width: float
    height: float


WIDTH, HEIGHT = 960.0, 540.0
TITLE = Box(40, 20, 880, 72)
BODY = Box(40, 100, 880, 374)
SAFETY = Box(40, 484, 880, 44)
#: The layouts of python-pptx's own template.
_WITH_BODY, _TITLE_ONLY = 1, 5
_TITLE_SIZES = (30.0, 26.0, 22.0, 18.0, 14.0)
_SAFETY_SIZES = (12.0, 11.0, 10.0, 9.0, 8.0, 7.0, 6.0)
_AXIS_SIZE = 14.0
_SPARE = 0.92
#: The library tells no types here.
_POINTS: Any = XyChartData
#: Each has a contrast of 7 or more against white (WCAG 2.2, criterion 1.4.6).
_TEXT, _QUIET, _BLUE, _RED = map(RGBColor.from_string, ("1A1A1A", "4D4D4D", "0B4F8A", "9B0018"))
_FONT = b"Arial"
#: The only date that the library cannot leave out; it says nothing.
_NO_DATE = datetime.datetime(1980, 1, 1)
_CREATED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


class Deck:
    """A presentation in the making."""

    def __init__(self, lesson: Lesson) -> None:
        self._lesson = lesson
        self._deck = Presentation()
        self._deck.slide_width, self._deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
        self._set_font()
        self._describe()

    def text(self, title: str, ending: str, lines: Sequence[Line], notes: Sequence[str]) -> None:
        """Add a slide of text; the ending of its title is kept where a long title is cut."""
        slide = self._begin(_WITH_BODY, title, ending)
        body = slide.placeholders[1]
        _place(body, BODY)
        _fill(body.text_frame, lines)
        self._end(slide, notes)

    def chart(self, title: str, chart: Chart, notes: Sequence[str]) -> None:
        """Add a slide with a chart."""
        slide = self._begin(_TITLE_ONLY, title, f": {chart.label}")
        data = _POINTS()
        series = data.add_series(clean(chart.axis))
        for hours, value in chart.points:
            series.add_data_point(hours, value)
        box = (Pt(BODY.left), Pt(BODY.top), Pt(BODY.width), Pt(BODY.height))
        frame: Any = slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER_LINES, *box, data)
        frame.name = "Chart"
        frame._element.nvGraphicFramePr.cNvPr.set("descr", clean(chart.words))
        _style(frame.chart, chart)
        _undate(frame.chart.part.chart_workbook.xlsx_part)
        self._end(slide, notes)

    def save(self, file: BinaryIO) -> None:
        """Write the presentation."""
        self._deck.save(file)

    def _begin(self, layout: int, title: str, ending: str) -> Slide:
        slide: Slide = self._deck.slides.add_slide(self._deck.slide_layouts[layout])
        shape: Any = slide.shapes.title
        _place(shape, TITLE)
        frame: TextFrame = shape.text_frame
        _prepare(frame, MSO_ANCHOR.MIDDLE)
        size, text = _fitting(clean(title), TITLE, _TITLE_SIZES, clean(ending))
        frame.paragraphs[0].alignment = PP_ALIGN.LEFT
        _run(frame.paragraphs[0], text, size, bold=True, color=_BLUE)
        return slide

    def _end(self, slide: Slide, notes: Sequence[str]) -> None:
        """Add what stands on every slide, last to be read, and the notes."""
        box = (Pt(SAFETY.left), Pt(SAFETY.top), Pt(SAFETY.width), Pt(SAFETY.height))
        shape = slide.shapes.add_textbox(*box)
        shape.name = "Safety line"
        _prepare(shape.text_frame, MSO_ANCHOR.MIDDLE)
        size, text = _fitting(clean(self._lesson.safety), SAFETY, _SAFETY_SIZES)
        _run(shape.text_frame.paragraphs[0], text, size, color=_QUIET)
        frame: Any = slide.notes_slide.notes_text_frame
        frame.text = clean("\n".join((*notes, "", self._lesson.safety)))

    def _set_font(self) -> None:
        """Take a font whose widths are known and which every office has, or one as wide."""
        theme: Any = self._deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
        theme._blob = theme.blob.replace(b"Calibri", _FONT)

    def _describe(self) -> None:
        about = self._deck.core_properties
        about.title, about.author, about.language = clean(self._lesson.title)[:255], f"itbkg {__version__}", "en"
        about.last_modified_by, about.comments = about.author, clean(self._lesson.safety)[:255]
        about.created = about.modified = _NO_DATE
        about.revision = 1


def _place(shape: Any, box: Box) -> None:
    shape.left, shape.top, shape.width, shape.height = Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height)


def _prepare(frame: TextFrame, anchor: MSO_ANCHOR) -> None:
    """Make a frame that is as large as its box and has no edge of its own."""
    frame.word_wrap, frame.auto_size, frame.vertical_anchor = True, MSO_AUTO_SIZE.NONE, anchor
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Pt(0)


def _fill(frame: Any, lines: Sequence[Line]) -> None:
    _prepare(frame, MSO_ANCHOR.TOP)
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        _shape(paragraph, line)
        color = _RED if line.danger else _TEXT
        if line.lead:
            _run(paragraph, clean(line.lead), SIZES[line.level], bold=True, color=color)
        _run(paragraph, clean(line.text), SIZES[line.level], color=color)


def _shape(paragraph: Any, line: Line) -> None:
    """Set a paragraph in as it was reckoned; only level 1 has a bullet."""
    paragraph.level, paragraph.line_spacing = line.level, 1.0
    paragraph.space_before, paragraph.space_after = Pt(ABOVE), Pt(0)
    properties = paragraph._p.get_or_add_pPr()
    indent = int(Pt(INDENTS[line.level]))
    properties.set("marL", str(indent))
    properties.set("indent", str(-indent))
    if not line.level:
        properties.append(OxmlElement("a:buNone"))


def _run(paragraph: Any, text: str, size: float, *, bold: bool = False, color: RGBColor = _TEXT) -> None:
    """Add text to a paragraph, a line break where it has one."""
    for number, row in enumerate(text.split("\n")):
        if number:
            paragraph.add_line_break()
        run = paragraph.add_run()
        run.text = row
        run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, color


def _fitting(text: str, box: Box, sizes: Sequence[float], ending: str = "") -> tuple[float, str]:
    """Choose the largest size in which text fits a box; in the smallest it is cut, but for its ending."""
    for size in sizes:
        if _fits(f"{text}{ending}", box, size):
            return size, f"{text}{ending}"
    while text and not _fits(f"{text}…{ending}", box, sizes[-1]):
        text = text[: int(len(text) * 0.9)]
    return sizes[-1], f"{text}…{ending}"


def _fits(text: str, box: Box, size: float) -> bool:
    """Say whether text fits with some room to spare: it is bold, and in the middle of its box."""
    return text_height(text, box.width * _SPARE, size) <= box.height * _SPARE


def _style(chart: Any, what: Chart) -> None:
    chart.has_legend = chart.has_title = False
    chart.font.size = Pt(_AXIS_SIZE)
    for axis, title in ((chart.category_axis, what.time_axis), (chart.value_axis, what.axis)):
        axis.has_title = True
        axis.axis_title.text_frame.text = clean(title)
        axis.has_major_gridlines = axis is chart.value_axis
        axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "General", False
    line = chart.plots[0].series[0]
    line.smooth = False
    line.format.line.color.rgb, line.format.line.width = _BLUE, Pt(2)
    for place, (_, value) in enumerate(what.points):
        label = line.points[place].data_label
        label.text_frame.text, label.position = f"{value:g}", XL_LABEL_POSITION.ABOVE


def _undate(workbook: Any) -> None:
    """Take the moment of writing out of a chart's workbook."""
    members = {
        name: _CREATED.sub(rb"\g<1>1980-01-01T00:00:00Z", content)
        for name, content in read_members(workbook.blob).items()
    }
    packed = io.BytesIO()
    write_members(packed, members)
    workbook._blob = packed.getvalue()
