"""The pages of saved questions: what each asks, a form for what it takes, and its answer."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import Request, Response

from itbkg.errors import ItbkgError, NotFoundError, ParameterError
from itbkg.questions import Answer, Parameter, Question, answer, bound_query, find_question, read_questions
from itbkg.store import Store
from itbkg_api.addresses import API
from itbkg_api.pages import render
from itbkg_api.parts import QuestionsPart, StorePart
from itbkg_api.site.facets import address
from itbkg_api.site.routing import page, page_router

router = page_router()


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a question's form: what it asks for, in words, and what was given."""

    parameter: Parameter
    takes: str
    given: str


@router.get("/ask")
def ask(request: Request, store: StorePart, folder: QuestionsPart) -> Response:
    """List the saved questions."""
    return page(request, store, "ask.html", questions=read_questions(folder).values())


@router.get("/ask/{name}")
def one_question(name: str, request: Request, store: StorePart, folder: QuestionsPart) -> Response:
    """Show a question with its form and its answer; what cannot be answered is said beside the form."""
    question = find_question(folder, name)
    given = {key: text.strip() for key, text in request.query_params.items() if text.strip()}
    answered, query, error = _answer(store, question, given)
    asked = [*given.items()]
    told = {
        "question": question,
        "fields": [Field(one, _takes(one), given.get(one.name, "")) for one in question.parameters],
        "answer": answered,
        "query": query,
        "error": error,
        "downloads": [(ending, address(f"{API}/questions/{name}.{ending}", asked)) for ending in ("csv", "json")],
    }
    if error is None:
        return page(request, store, "question.html", **told)
    response = render(request, "question.html", **told)
    response.status_code = 404 if isinstance(error, NotFoundError) else 400
    return response


def _answer(store: Store, question: Question, given: Mapping[str, str]) -> tuple[Answer | None, str, ItbkgError | None]:
    """Answer a question, or say why not: answer, query and error, of which the last or the others are empty."""
    try:
        return answer(store, question, given), bound_query(store, question, given), None
    except (NotFoundError, ParameterError) as error:
        return None, "", error


def _takes(parameter: Parameter) -> str:
    """Say what may be written into a field."""
    match parameter.kind:
        case "case":
            return "a case, such as mohammed-2004/1"
        case "publication":
            return "a publication, such as mohammed-2004"
        case "number":
            return f"a number, in {parameter.of[0]}" if parameter.of else "a number"
        case _:
            return f"a word of: {', '.join(parameter.of)}"
