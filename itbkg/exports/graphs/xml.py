"""XML written as it comes, an element on a line: the writers of networkx hold a whole tree in memory."""

from collections.abc import Mapping
from types import TracebackType
from typing import BinaryIO, Self
from xml.sax.saxutils import escape, quoteattr

from itbkg.exports.propertygraph import Scalar

#: A reader makes a line feed of a carriage return that is not written so (XML 1.0, section 2.11).
_RETURN = {"\r": "&#13;"}
_ENOUGH = 1 << 16


class Xml:
    """Writes elements into a binary file, in UTF-8; what is still held is written when the `with` block is left."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._held = ['<?xml version="1.0" encoding="UTF-8"?>\n']
        self._size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if error is None:
            self._let_go()

    def start(self, name: str, attributes: Mapping[str, str] | None = None) -> None:
        """Begin an element."""
        self._write(f"<{name}{_attributes(attributes or {})}>\n")

    def empty(self, name: str, attributes: Mapping[str, str]) -> None:
        """Write an element without content."""
        self._write(f"<{name}{_attributes(attributes)}/>\n")

    def text(self, name: str, attributes: Mapping[str, str], value: Scalar) -> None:
        """Write an element that holds a value and nothing else."""
        self._write(f"<{name}{_attributes(attributes)}>{escape(to_text(value), _RETURN)}</{name}>\n")

    def end(self, name: str) -> None:
        """End an element."""
        self._write(f"</{name}>\n")

    def _write(self, text: str) -> None:
        self._held.append(text)
        self._size += len(text)
        if self._size > _ENOUGH:
            self._let_go()

    def _let_go(self) -> None:
        self._out.write("".join(self._held).encode("utf-8"))
        self._held, self._size = [], 0


def to_text(value: Scalar) -> str:
    """Write a value as XML Schema does: `true`, `-24.0`."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _attributes(attributes: Mapping[str, str]) -> str:
    return "".join(f" {name}={quoteattr(value, _RETURN)}" for name, value in attributes.items())
