"""Answers that are kept for those who ask the same again: the graph never changes while it is served."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")
#: What an entry takes beside its answer.
_ENTRY_BYTES = 1_000


class Kept(Generic[Value]):
    """A bounded store by key, from which what was asked least lately goes first; any thread may use it."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._bytes = 0
        self._entries: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Value | None:
        """Return what is kept under a key; None where nothing is."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is None:
                return None
            self._entries.move_to_end(key)
            return entry[0]

    def put(self, key: Hashable, value: Value, answer_bytes: int) -> None:
        """Keep a value, but for one so large that it would drive out most of the others."""
        size = answer_bytes + _ENTRY_BYTES
        with self._lock:
            if size > self._most // 8 or key in self._entries:
                return
            self._entries[key] = (value, size)
            self._bytes += size
            while self._bytes > self._most:
                _, (_, gone) = self._entries.popitem(last=False)
                self._bytes -= gone

    def recall(self, key: Hashable, make: Callable[[], Value], answer_bytes: Callable[[Value], int]) -> Value:
        """Return what is kept under a key, or make it and keep it; raises what `make` raises."""
        value = self.get(key)
        if value is None:
            value = make()
            self.put(key, value, answer_bytes(value))
        return value
