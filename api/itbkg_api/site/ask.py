"""The pages of saved questions: what each asks, a form for what it takes, and its answer."""

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from fastapi import Request, Response

from itbkg.errors import ItbkgError, NotFoundError, ParameterError
from itbkg.questions import Answer, Parameter, Question, find_question, read_questions, suggestions
from itbkg.questions.answer import Cell
from itbkg.store import Store
from itbkg_api.addresses import API
from itbkg_api.pages import render
from itbkg_api.parts import QuestionsPart, StorePart
from itbkg_api.site.answers import Answers, AnswersPart
from itbkg_api.site.facets import address
from itbkg_api.site.routing import page, page_router

router = page_router()

#: So many rows stand on a page, and so many words are offered for a field.
LENGTH, OFFERED = 200, 600
#: In which column stands what has a page of its own, and before what its address begins.
_LEADING: Mapping[str, str] = {"case": "/cases/", "document": "/guidance/"}
#: The words of a name in camel case.
_PARTS = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+")
#: A topic with its questions.
Topic = tuple[str, str, list[Question]]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a question's form: what it asks for, what was given, and what may be."""

    parameter: Parameter
    takes: str
    given: str
    offered: Sequence[str]


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of an answer that stand on a page: those from `offset` on, out of `total`."""

    rows: Sequence[Sequence[Cell]]
    total: int
    offset: int
    turns: Sequence[tuple[str, str, str]]


@router.get("/ask")
def ask(request: Request, store: StorePart, folder: QuestionsPart) -> Response:
    """List the saved questions, by what kind of answer they give."""
    questions = [*read_questions(folder).values()]
    return page(request, store, "ask.html", topics=list(_topics(questions)), total=len(questions))


@router.get("/ask/{name}")
def one_question(
    name: str, request: Request, store: StorePart, folder: QuestionsPart, answers: AnswersPart
) -> Response:
    """Show a question with its form and its answer; what cannot be answered is said beside the form."""
    question, asked = find_question(folder, name), dict(request.query_params)
    offset = asked.pop("offset", "0")
    given = {key: text.strip() for key, text in asked.items() if text.strip()}
    answered, error = _answer(answers, question, given)
    root = str(request.scope.get("root_path", ""))
    pairs = [*given.items()]
    told = {
        "question": question,
        "fields": [_field(store, one, given.get(one.name, "")) for one in question.parameters],
        "part": _part(answered, f"{root}/ask/{name}", pairs, offset) if answered else None,
        "query": answered.query if answered else "",
        "error": error,
        "nearest": _nearest(error, f"{root}/ask/{name}", pairs) if error else (),
        "downloads": [(ending, address(f"{API}/questions/{name}.{ending}", pairs)) for ending in ("csv", "json")],
        "editor": address("/ask/sparql", [("question", name), *pairs]),
        "command": _command(question, given),
        "python": _python(question, given),
        "leading": _LEADING,
        "titles": [_spoken(column.name) for column in question.columns],
    }
    if error is None:
        return page(request, store, "question.html", **told)
    response = render(request, "question.html", **told)
    response.status_code = 404 if isinstance(error, NotFoundError) else 400
    return response


def _topics(questions: Sequence[Question]) -> Iterator[Topic]:
    """Part the questions by what their answers hold."""
    parted: dict[str, list[Question]] = {"guidance": [], "counts": [], "cases": [], "other": []}
    for question in questions:
        parted[_topic({column.name for column in question.columns})].append(question)
    for key, title, words in (
        ("counts", "How many", "n of N cases, with what is not reported counted apart."),
        ("cases", "Which cases", "Each row a statement of a case, most with its place in the report."),
        ("guidance", "What guidance says", "Statements of guidance documents, alone or beside the cases."),
        ("other", "What the data are", "Publications and values."),
    ):
        if parted[key]:
            yield title, words, parted[key]


def _topic(columns: set[str]) -> str:
    if columns & {"document", "documents"}:
        return "guidance"
    if columns & {"n", "N"}:
        return "counts"
    return "cases" if "case" in columns else "other"


def _answer(answers: Answers, question: Question, given: Mapping[str, str]) -> tuple[Answer | None, ItbkgError | None]:
    """Answer a question, or say why not."""
    try:
        return answers.ask(question, given), None
    except (NotFoundError, ParameterError) as error:
        return None, error


def _field(store: Store, parameter: Parameter, given: str) -> Field:
    return Field(parameter, _takes(parameter), given, suggestions(store, parameter)[:OFFERED])


def _takes(parameter: Parameter) -> str:
    """Say what may be written into a field."""
    match parameter.kind:
        case "case":
            return "mohammed-2004/1"
        case "publication":
            return "mohammed-2004"
        case "number":
            return f"a number, in {parameter.of[0]}" if parameter.of else "a number"
        case _:
            return "any"


def _part(answered: Answer, path: str, asked: Sequence[tuple[str, str]], offset: str) -> Part:
    """Cut the rows that stand on the page out of an answer."""
    start, total = (int(offset) if offset.isascii() and offset.isdecimal() else 0), len(answered.rows)
    ways = (("Earlier", "prev", max(start - LENGTH, 0) if start else -1), ("More", "next", start + LENGTH))
    base = address(path, asked)
    turns = [(words, rel, _at(base, begin)) for words, rel, begin in ways if 0 <= begin < total]
    return Part(answered.rows[start : start + LENGTH], total, start, turns)


def _at(base: str, start: int) -> str:
    return f"{base}{'&' if '?' in base else '?'}offset={start}" if start else base


def _nearest(error: ItbkgError, path: str, asked: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """List what is like what was given, each with the address that asks with it instead."""
    if not isinstance(error, NotFoundError):
        return []
    return [
        (near, address(path, [(name, near if text == error.name else text) for name, text in asked]))
        for near in error.nearest
    ]


def _spoken(name: str) -> str:
    """Write the name of a column as words: noOutcomeReported is no outcome reported, N stays N."""
    return " ".join(part if len(part) == 1 else part.lower() for part in _PARTS.findall(name)) or name


def _command(question: Question, given: Mapping[str, str]) -> str:
    """Write the command that gives the same."""
    words = ["itbkg", "ask", question.name]
    for name, text in given.items():
        words += ["--set", f"{name}={text}"]
    return shlex.join(words)


def _python(question: Question, given: Mapping[str, str]) -> str:
    """Write the Python that gives the same."""
    named = "".join(f", {name}={text!r}" for name, text in given.items())
    return f"import itbkg\n\nanswer = itbkg.open().ask({question.name!r}{named})\nanswer.columns, answer.rows"
