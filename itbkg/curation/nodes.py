"""YAML read into nodes that know their line: the safe part of YAML that a record needs, and no more.

Refused, each with its line: anchors, aliases and tags (YAML 1.1 sections 6.9, 7.1), a key written twice, control and
bidirectional characters, text that is not NFC, files over a megabyte, nesting over twenty. A plain scalar is a
text, but for whole numbers; so `no` stays 'no' and 2004-05-06 never becomes a date.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from itbkg.errors import Problem, RecordError

MOST_BYTES = 1_000_000
MOST_DEPTH = 20

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(slots=True)
class Node:
    """A YAML value with its line and its path of keys; `value` is a scalar or holds nodes.

    `pruned` says that a part which did not fit was taken out of it.
    """

    line: int
    field: str
    value: str | int | list["Node"] | dict[str, "Node"] | None = None
    pruned: bool = False

    def plain(self) -> Any:
        """Return the value without lines, as pydantic reads it."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def child(self, key: object) -> "Node | None":
        """Return the node under a key or index, or None."""
        if isinstance(self.value, dict):
            return self.value.get(str(key))
        if isinstance(self.value, list) and isinstance(key, int) and key < len(self.value):
            return self.value[key]
        return None


@dataclass(slots=True)
class _Reader:
    """Walks a composed YAML document; what it cannot use goes to `problems`."""

    path: str
    problems: list[Problem] = field(default_factory=list)

    def node(self, raw: yaml.Node, place: str, depth: int = 0) -> Node:
        line = raw.start_mark.line + 1
        if depth > MOST_DEPTH:
            self.refuse(line, place, f"nested more than {MOST_DEPTH} deep.", "Write it flatter.")
            return Node(line, place)
        if isinstance(raw, yaml.MappingNode):
            return Node(line, place, self.mapping(raw, place, depth))
        if isinstance(raw, yaml.SequenceNode):
            items = enumerate(raw.value)
            return Node(line, place, [self.node(item, f"{place}[{index + 1}]", depth + 1) for index, item in items])
        return Node(line, place, _scalar(raw))

    def mapping(self, raw: yaml.MappingNode, place: str, depth: int) -> dict[str, Node]:
        nodes: dict[str, Node] = {}
        for key, value in raw.value:
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else "?"
            inner = f"{place}.{name}" if place else name
            if name in nodes:
                self.refuse(key.start_mark.line + 1, inner, f"'{name}' is written twice here.", "Keep one of them.")
            nodes[name] = self.node(value, inner, depth + 1)
            nodes[name].line = key.start_mark.line + 1
        return nodes

    def refuse(self, line: int, place: str, message: str, mend: str) -> None:
        self.problems.append(Problem(self.path, line, place, message, mend))


def read_nodes(path: Path, name: str) -> Node:
    """Read the file at `path`, called `name` in problems; RecordError, with every problem, where it cannot be used."""
    text = _decode(path, name)
    reader = _Reader(name)
    reader.problems.extend(_text_problems(text, name))
    if not reader.problems:
        reader.problems.extend(_syntax_problems(text, name))
    if not reader.problems:
        raw = yaml.compose(text, Loader=yaml.CSafeLoader)
        root = reader.node(raw, "") if raw else Node(1, "")
        if not reader.problems:
            return root
    raise RecordError(reader.problems)


def _decode(path: Path, name: str) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise RecordError([Problem(name, 1, "", f"larger than {MOST_BYTES} bytes.", "Split the file.")])
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise RecordError([Problem(name, line, "", "not UTF-8.", "Save the file as UTF-8.")]) from error
    except OSError as error:
        problem = Problem(name, 1, "", f"cannot be read: {error.strerror}.", "Name a file that can be read.")
        raise RecordError([problem]) from error


def _text_problems(text: str, name: str) -> Iterator[Problem]:
    for number, line in enumerate(text.split("\n"), 1):
        found = _FORBIDDEN.search(line.removesuffix("\r"))
        if found:
            shown = f"the character U+{ord(found[0]):04X} is not allowed."
            yield Problem(name, number, "", shown, "Remove it; it is invisible or changes the reading direction.")
        if not unicodedata.is_normalized("NFC", line):
            yield Problem(name, number, "", "not in Unicode form NFC.", "Type the accented letters anew.")


def _syntax_problems(text: str, name: str) -> Iterator[Problem]:
    """Walk the parser's events, which show anchors, aliases and tags before anything is built of them."""
    documents = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            documents += isinstance(event, yaml.DocumentStartEvent)
            yield from _event_problems(event, name)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        said = error.problem or "it cannot be parsed"
        mend = "Mend the YAML: look for a missing quote, bracket or blank after a colon here or one line above."
        yield Problem(name, line, "", f"not YAML: {said}.", mend)
        return
    if documents != 1:
        yield Problem(name, 1, "", f"{documents} YAML documents in this file.", "Write one record into one file.")


def _event_problems(event: yaml.Event, name: str) -> Iterator[Problem]:
    line = event.start_mark.line + 1 if event.start_mark else 1
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        yield Problem(name, line, "", "anchors and aliases (& and *) are not allowed.", "Write the value out.")
    if isinstance(event, yaml.NodeEvent) and getattr(event, "tag", None):
        yield Problem(name, line, "", "YAML tags (!) are not allowed.", "Put the value in quotes.")


def _scalar(raw: yaml.Node) -> str | int | None:
    text = str(raw.value)
    if isinstance(raw, yaml.ScalarNode) and not raw.style:
        if text in ("", "~", "null"):
            return None
        if _INTEGER.fullmatch(text):
            return int(text)
    return text
