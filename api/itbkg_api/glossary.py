"""The one glossary of the application, which reads the terms when it is first asked."""

from typing import Annotated

from fastapi import Depends, Request

from itbkg.terms import Glossary
from itbkg_api.parts import QuestionsPart, StorePart


def _glossary(request: Request, store: StorePart, questions: QuestionsPart) -> Glossary:
    """Hand it out; the saved questions lie in the ontology's folder."""
    state = request.app.state
    if not hasattr(state, "glossary"):
        state.glossary = Glossary(store, questions.parent)
    glossary: Glossary = state.glossary
    return glossary


GlossaryPart = Annotated[Glossary, Depends(_glossary)]
