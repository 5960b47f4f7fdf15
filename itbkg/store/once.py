"""Read once what is asked again and again: a build never changes."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from itbkg.store.store import Store

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def once(read: Callable[Concatenate[Store, Asked], Answer]) -> Callable[Concatenate[Store, Asked], Answer]:
    """Keep what a function reads from a graph, for as long as the graph is open.

    It is for functions of few arguments, all hashable, whose answers nobody changes. A graph without a digest, which
    another endpoint holds, may change and is read anew each time.
    """
    kept: WeakKeyDictionary[Store, dict[object, Answer]] = WeakKeyDictionary()

    @wraps(read)
    def reading(store: Store, /, *given: Asked.args, **named: Asked.kwargs) -> Answer:
        if not store.manifest.digest:
            return read(store, *given, **named)
        answers, asked = kept.setdefault(store, {}), (given, *sorted(named.items()))
        if asked not in answers:
            answers[asked] = read(store, *given, **named)
        return answers[asked]

    return reading
