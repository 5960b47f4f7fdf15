"""The query editor: any query, asked through the workers and the limits of the endpoint, and its answer as a page."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from itbkg.errors import ItbkgError
from itbkg.questions import bound_query, find_question, read_questions
from itbkg.store import PREFIX_LINES, PREFIXES
from itbkg.store.guard import guard
from itbkg_api.pages import render
from itbkg_api.parts import QuestionsPart, StorePart
from itbkg_api.problems import respond
from itbkg_api.site.results import Shown, downloads, form_for, read_answer
from itbkg_api.site.routing import page, page_router
from itbkg_api.sparql.backend import Backend
from itbkg_api.sparql.hanging import unless_gone
from itbkg_api.sparql.routes import PATH
from itbkg_api.workers import Asked, WorkerError

router = page_router()

#: What stands in an empty editor.
FIRST = f"""{PREFIX_LINES}
SELECT ?case ?cause WHERE {{
  ?it a itb:Case ; rdfs:label ?case ; itb:hasCause/rdfs:label ?cause .
}} ORDER BY ?case ?cause LIMIT 100"""


@dataclass(frozen=True, slots=True)
class Run:
    """What came of a query: an answer, or a problem document; and how many seconds it took."""

    shown: Shown | None
    problem: Mapping[str, Any] | None
    seconds: float


@router.get("/ask/sparql")
async def editor(request: Request, store: StorePart, folder: QuestionsPart) -> Response:
    """Show a query, or a saved question as a query, to be changed; what was sent is asked and answered below."""
    sent = _lines(request.query_params.get("query", ""))
    backend: Backend = request.app.state.backend
    run = await _run(request, backend, sent) if sent.strip() else None
    told = {
        "query": sent if run else await run_in_threadpool(_begun, store, folder, request.query_params),
        "run": run,
        "limits": backend.limits,
        "questions": read_questions(folder).values(),
        "prefixes": PREFIXES,
        "downloads": _downloads(sent, run.shown) if run and run.shown else (),
        "wrong_line": _wrong_line(sent, run.problem) if run and run.problem else "",
    }
    if run is None or run.problem is None:
        return page(request, store, "sparql_editor.html", **told)
    response = render(request, "sparql_editor.html", **told)
    response.status_code = run.problem["status"]
    return response


async def _run(request: Request, backend: Backend, query: str) -> Run:
    """Ask as the endpoint does; every problem is told as the endpoint tells it."""
    began = time.perf_counter()
    try:
        form = guard(query, backend.limits).form
        body = await unless_gone(request, backend.answer(Asked(query, form_for(form), (), ())))
        shown = await run_in_threadpool(read_answer, form, body)
    except (ItbkgError, HTTPException, WorkerError) as error:
        return Run(None, json.loads(bytes(respond(request, error).body)), time.perf_counter() - began)
    return Run(shown, None, time.perf_counter() - began)


def _begun(store: StorePart, folder: QuestionsPart, asked: Mapping[str, str]) -> str:
    """Return the query with which to begin: that of a saved question with what is set, or the first."""
    name = asked.get("question")
    if not name:
        return FIRST
    given = {key: text.strip() for key, text in asked.items() if key not in ("question", "query") and text.strip()}
    return bound_query(store, find_question(folder, name), given)


def _lines(text: str) -> str:
    """Undo the line ends that a form sends."""
    return text.replace("\r\n", "\n")


def _downloads(query: str, shown: Shown) -> tuple[tuple[str, str, str], ...]:
    """List the files of an answer: what the form is called, the file's name and its address."""
    return tuple(
        (title, f"answer.{ending}", f"{PATH}?{urlencode({'query': query, 'format': name})}")
        for name, title, ending in downloads(shown.form)
    )


def _wrong_line(query: str, problem: Mapping[str, Any]) -> str:
    """Return the line in which something is wrong, with a mark below the place; empty where no place is known."""
    lines, line = query.split("\n"), problem.get("line", 0)
    if not 0 < line <= len(lines):
        return ""
    return f"{lines[line - 1]}\n{' ' * max(problem['column'] - 1, 0)}^"
