"""A JSON document that knows which of its values were read, so that what was passed over can be told."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from itbkg.errors import Problem, RecordError

#: A file larger than this is no packet of a case.
MOST_BYTES = 20_000_000


class Node:
    """A value of a JSON document and its place: `phenotypicFeatures[3].type.id`; lists count from 1.

    What is missing is a node without a value, so that a way of keys needs no question at each step.
    """

    def __init__(self, value: Any, place: str = "", read: set[str] | None = None) -> None:
        self.value = value
        self.place = place
        self._read: set[str] = set() if read is None else read

    def __bool__(self) -> bool:
        return self.value is not None

    def key(self, name: str) -> "Node":
        """Return what stands under a key; protobuf's JSON may spell `externalReferences` as `external_references`."""
        place = f"{self.place}.{name}" if self.place else name
        if not isinstance(self.value, dict):
            return Node(None, place, self._read)
        spelt = next((one for one in (name, _snake(name)) if one in self.value), name)
        return Node(self.value.get(spelt), place.removesuffix(name) + spelt, self._read)

    def items(self) -> "list[Node]":
        """Return the members of a list; none of anything else."""
        members = self.value if isinstance(self.value, list) else []
        return [Node(one, f"{self.place}[{index}]", self._read) for index, one in enumerate(members, 1)]

    def text(self) -> str:
        """Read a text; empty where there is none."""
        if not isinstance(self.value, str):
            return ""
        self._read.add(self.place)
        return self.value

    def number(self) -> str:
        """Read a number as it would be written, without a needless `.0`; empty where there is none."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            return ""
        self._read.add(self.place)
        whole = isinstance(self.value, float) and self.value.is_integer()
        return str(int(self.value) if whole else self.value)

    def flag(self) -> bool:
        """Read a truth value; False where there is none."""
        if isinstance(self.value, bool):
            self._read.add(self.place)
        return self.value is True

    def take(self) -> None:
        """Count all below as read: it tells of the document and not of the case, or is said already."""
        self._read.update(place for place, _ in self._leaves())

    def passed_over(self) -> Iterator[tuple[str, str]]:
        """Yield place and value of each leaf that nobody has read."""
        yield from ((place, str(value)) for place, value in self._leaves() if place not in self._read)

    def _leaves(self) -> Iterator[tuple[str, Any]]:
        if isinstance(self.value, dict):
            for name in self.value:
                child = Node(self.value[name], f"{self.place}.{name}" if self.place else name, self._read)
                yield from child._leaves()
        elif isinstance(self.value, list):
            for child in self.items():
                yield from child._leaves()
        elif self.value is not None:
            yield self.place, self.value


def read_documents(path: Path) -> Iterator[tuple[int, Node]]:
    """Read a JSON file, or each line of one that ends with .jsonl, with its line; RecordError where one is no JSON."""
    text = _decode(path)
    lines = text.splitlines() if path.suffix == ".jsonl" else [text]
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield number, _parse(line, path, number)


def _parse(text: str, path: Path, line: int) -> Node:
    try:
        document = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        at = error.lineno + line - 1 if isinstance(error, json.JSONDecodeError) else line
        said = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deep"
        raise RecordError([Problem(str(path), at, "", f"not JSON: {said}.", "Mend the file.")]) from error
    if not isinstance(document, dict):
        raise RecordError([Problem(str(path), line, "", "no JSON object.", "Give one Phenopacket a file or line.")])
    return Node(document)


def _decode(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise RecordError([Problem(str(path), 1, "", f"larger than {MOST_BYTES} bytes.", "Split the file.")])
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise RecordError([Problem(str(path), line, "", "not UTF-8.", "Save the file as UTF-8.")]) from error
    except OSError as error:
        problem = Problem(str(path), 1, "", f"cannot be read: {error.strerror}.", "Name a file that can be read.")
        raise RecordError([problem]) from error


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
