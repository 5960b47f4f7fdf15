"""A course as files: each case in a form, an index page, and the table of what covers what."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

from itbkg.building import Progress
from itbkg.sheet import to_csv
from itbkg.teaching.course import Candidate, Course, Topic
from itbkg.teaching.formats.form import Format
from itbkg.teaching.lesson import SAFETY
from itbkg.teaching.outputs import write_lesson
from itbkg.writing import make_folder, write_stream, write_whole

_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;"
    "background:#fff}table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:600;"
    "padding:.5rem 0}th,td{border:1px solid #666;padding:.3rem .5rem;text-align:left;vertical-align:top}"
    ".wide{overflow-x:auto}.safety{border-left:.3rem solid #8a4b00;padding:.5rem 1rem;background:#fff6e5}"
)


def write_course(course: Course, folder: Path, form: Format, progress: Progress | None = None) -> tuple[Path, ...]:
    """Write a course into a folder: `index.html` for learners, `coverage.html` and `coverage.csv`, and the cases.

    A form that holds several lessons makes one file of them. Raises ExportError where something cannot be written.
    """
    make_folder(folder)
    files = _cases(course, folder, form, progress)
    names = [file.name for file in files] * (len(course.chosen) // len(files))
    texts = {
        "index.html": index_page(course, names),
        "coverage.html": coverage_page(course),
        "coverage.csv": coverage_csv(course),
    }
    for name, text in texts.items():
        write_whole(folder / name, text.encode("utf-8"))
    return (*(folder / name for name in texts), *files)


def _cases(course: Course, folder: Path, form: Format, progress: Progress | None) -> list[Path]:
    lessons = [one.lesson for one in course.chosen]
    together = form.write_many
    if together is not None:
        file = folder / f"course{form.ending}"
        write_stream(file, lambda stream: together(lessons, stream))
        return [file]
    files = []
    for done, lesson in enumerate(lessons, 1):
        files.append(write_lesson(form, lesson, folder / f"{lesson.id}{form.ending}"))
        if progress:
            progress("writing cases", done, len(lessons))
    return files


def coverage_csv(course: Course) -> str:
    """Write what each case covers as CSV: a row for each topic, a column for each case."""
    columns = ("kind", "topic", *(one.teaching.case for one in course.chosen), "covered")
    return to_csv(columns, [_cells(topic, course) for topic in course.topics])


def _cells(topic: Topic, course: Course) -> tuple[str, ...]:
    marks = ["yes" if topic in one.covers else "no" for one in course.chosen]
    return (*topic, *marks, "yes" if "yes" in marks else "no")


def index_page(course: Course, files: Sequence[str]) -> str:
    """Write the index page of a course for learners: its cases with links to `files`, and nothing of what they tell."""
    cases = "".join(
        f'<tr><td>{number}</td><th scope="row"><a href="{escape(file)}">{escape(one.lesson.title)}</a></th>'
        f"<td>{escape(one.lesson.level)}</td><td>{one.lesson.minutes} min</td><td>{len(one.lesson.stages)}</td></tr>"
        for number, (one, file) in enumerate(zip(course.chosen, files, strict=True), 1)
    )
    return _page(
        f"A course of {len(course.chosen)} cases",
        '<div class="wide"><table><caption>The cases, in an order in which each adds most</caption><thead><tr>'
        '<th scope="col">No.</th><th scope="col">Case</th><th scope="col">Level</th><th scope="col">Time</th>'
        f'<th scope="col">Stages</th></tr></thead><tbody>{cases}</tbody></table></div>'
        '<p>For the facilitator: <a href="coverage.html">what the cases cover</a>. It tells causes and outcomes.</p>',
    )


def coverage_page(course: Course) -> str:
    """Write what each case covers as a page for the facilitator."""
    heads = "".join(
        f'<th scope="col">{number}. {escape(one.lesson.title)}</th>' for number, one in enumerate(course.chosen, 1)
    )
    rows = "".join(_row(topic, course.chosen) for topic in course.topics)
    covered = len(course.topics) - len(course.uncovered)
    return _page(
        f"What a course of {len(course.chosen)} cases covers",
        f"<p>{covered} of {len(course.topics)} topics are covered.</p>"
        '<div class="wide" tabindex="0" role="region" aria-label="What covers what"><table>'
        f'<caption>What covers what</caption><thead><tr><th scope="col">Kind</th><th scope="col">Topic</th>{heads}'
        f"</tr></thead><tbody>{rows}</tbody></table></div>",
    )


def _page(title: str, body: str) -> str:
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body><main>"
        f'<h1>{title}</h1><p class="safety">{escape(SAFETY)}</p>{body}</main></body></html>\n'
    )


def _row(topic: Topic, chosen: Sequence[Candidate]) -> str:
    marks = "".join(f"<td>{'yes' if topic in one.covers else 'no'}</td>" for one in chosen)
    return f'<tr><td>{escape(topic[0])}</td><th scope="row">{escape(topic[1])}</th>{marks}</tr>'
