"""What handlers are handed: the store and the header that matters."""

from pathlib import Path
from typing import Annotated

from fastapi import Depends, Header, Request

from itbkg.store import Store


def _store(request: Request) -> Store:
    store = request.app.state.store
    if not isinstance(store, Store):
        raise TypeError("the application was made without a store")
    return store


def _questions(request: Request) -> Path:
    return Path(request.app.state.questions)


StorePart = Annotated[Store, Depends(_store)]
QuestionsPart = Annotated[Path, Depends(_questions)]
AcceptPart = Annotated[str | None, Header(alias="Accept")]
