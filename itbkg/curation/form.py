"""Hold a file's nodes against the record format; what does not fit is said line by line and set aside.

Setting aside the unfit parts lets the later checks read the rest, so that a curator sees all problems in one round.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from itbkg.curation.nodes import Node
from itbkg.errors import NotFoundError, Problem, did_you_mean
from itbkg.vocabulary import Vocabulary

Model = TypeVar("Model", bound=BaseModel)


#: How a kind of pydantic error is said; the rest keep pydantic's own words.
MENDS: dict[str, tuple[str, str]] = {
    "missing": ("'{key}' is missing.", "Add it."),
    "union_tag_not_found": ("this line says none of {kinds}.", "Begin it with the one that it states."),
    "string_pattern_mismatch": ("'{input}' has not the right form.", "It must match {pattern}."),
    "string_type": ("'{input}' is no text.", "Put it in quotes."),
    "string_too_long": ("the text is too long.", "Use at most {max_length} characters of your own words."),
    "string_too_short": ("the text is empty.", "Write it, or leave the key out."),
    "too_short": ("the list is empty.", "Give at least {min_length}."),
    "int_type": ("'{input}' is no whole number.", "Write it without quotes and without a point."),
    "int_parsing": ("'{input}' is no whole number.", "Write it without quotes and without a point."),
    "literal_error": ("'{input}' is not allowed.", "Write {expected}."),
    "greater_than_equal": ("{input} is too low.", "Give at least {ge}."),
    "less_than_equal": ("{input} is too high.", "Give at most {le}."),
    "tuple_type": ("this is no list.", "Write it as [one, two]."),
    "dict_type": ("this is no mapping.", "Write it as {{word: word}}."),
    "model_type": ("this is no mapping.", "Write it as keys with values."),
    "model_attributes_type": ("this is no mapping.", "Write it as keys with values."),
}


@dataclass(frozen=True, slots=True)
class Form(Generic[Model]):
    """A record format, and which of its lists hold lines that can be set aside one by one.

    `told` is the list whose lines tell by a key what they are, and `kinds` are those keys.
    """

    model: type[Model]
    lists: tuple[str, ...]
    told: str = ""
    kinds: tuple[str, ...] = ()

    def file_keys(self, loc: tuple[int | str, ...]) -> list[int | str]:
        """Drop from a location what pydantic adds: the kind after the index of a line, and '[key]'."""
        return [key for index, key in enumerate(loc) if key != "[key]" and not self._is_kind(loc, index)]

    def _is_kind(self, loc: tuple[int | str, ...], index: int) -> bool:
        return index > 1 and loc[index - 2] == self.told and isinstance(loc[index - 1], int)


def check_form(root: Node, name: str, vocabulary: Vocabulary, form: Form[Model]) -> tuple[Model | None, list[Problem]]:
    """Return the record, without the parts that do not fit, and the problems with those parts.

    `root` is pruned to what the record holds. The record is None where too little of the file fits.
    """
    return fit_form(root, name, form, _context(vocabulary))


def fit_form(
    root: Node, name: str, form: Form[Model], context: Mapping[str, Callable[..., None]] | None = None
) -> tuple[Model | None, list[Problem]]:
    """Do the same for a form that asks no ontology, or asks it by the functions of `context`."""
    problems: list[Problem] = []
    for _ in range(2):
        try:
            return form.model.model_validate(root.plain(), context=context), problems
        except ValidationError as error:
            if problems:
                break
            details = [one for one in error.errors() if not _is_echo(root, form.file_keys(one["loc"]), one)]
            problems = [_problem(root, name, form, one) for one in details]
            _prune(root, form, [one["loc"] for one in details])
    return None, problems


def _context(vocabulary: Vocabulary) -> dict[str, Callable[..., None]]:
    """Let the format ask the ontology: pydantic wants a ValueError where a word or unit is not known."""

    def known_word(text: str, branches: tuple[str, ...]) -> None:
        try:
            vocabulary.words.resolve(text, branches)
        except NotFoundError as error:
            raise ValueError(_unknown(error)) from error

    def known_unit(code: str) -> None:
        try:
            vocabulary.units.unit(code)
        except NotFoundError as error:
            raise ValueError(_unknown(error)) from error

    return {"word": known_word, "unit": known_unit}


def _unknown(error: NotFoundError) -> str:
    return str(error) if error.nearest else f"{error}; use one that the ontology lists, or add it there"


def _problem(root: Node, name: str, form: Form[Model], details: ErrorDetails) -> Problem:
    node, rest = _locate(root, form.file_keys(details["loc"]))
    message, mend = _phrase(details, form)
    place = ".".join([node.field, *rest]).strip(".")
    return Problem(name, node.line, place, message, mend)


def _is_echo(root: Node, keys: Iterable[int | str], details: ErrorDetails) -> bool:
    """Say whether a list counts as empty only because its items, which have problems of their own, were refused."""
    return details["type"] == "too_short" and bool(_locate(root, keys)[0].value)


def _locate(root: Node, keys: Iterable[int | str]) -> tuple[Node, list[str]]:
    """Find the deepest node on a way of keys, and the key that is missing below it, if one is."""
    node = root
    rest: list[str] = []
    for key in keys:
        below = node.child(key)
        if below is not None:
            node, rest = below, []
        elif isinstance(key, str):  # an index below a text counts a list of one that is written without brackets
            rest = [key]
    return node, rest


def _phrase(details: ErrorDetails, form: Form[Model]) -> tuple[str, str]:
    kind, key = details["type"], str(details["loc"][-1]) if details["loc"] else ""
    if kind == "extra_forbidden":
        known = did_you_mean(_nearest_keys(key, form.model)) or "."
        return f"'{key}' is no known key here{known}", "Rename or remove it."
    if details["input"] is None:
        return f"'{key}' is empty.", "Write it, or take the line out."
    if kind == "value_error":
        said = str(details["ctx"]["error"])
        return (said, "") if said.endswith("?") else (f"{said}.", "")
    message, mend = MENDS.get(kind, (f"{details['msg']}.", "Mend it."))
    facts: dict[str, Any] = {"key": key, "input": details["input"], "kinds": ", ".join(form.kinds)}
    facts |= details.get("ctx", {})
    return message.format(**facts), mend.format(**facts)


def _nearest_keys(key: str, model: type[BaseModel]) -> list[str]:
    return get_close_matches(key, sorted(_known_keys(model)), n=2, cutoff=0.7)


@cache
def _known_keys(model: type[BaseModel]) -> frozenset[str]:
    """Collect every key of a format from its own JSON Schema."""
    definitions = model.model_json_schema()["$defs"].values()
    return frozenset(key for definition in definitions for key in definition.get("properties", {}))


def _prune(root: Node, form: Form[Model], locs: list[tuple[int | str, ...]]) -> None:
    """Take the smallest list item or key around each location out of the tree, deepest and last first."""
    targets: dict[int, tuple[Node, Node]] = {}
    for loc in locs:
        holder, part = _removable(root, form, loc)
        targets[id(part)] = (holder, part)
    for holder, part in targets.values():
        holder.pruned = True
        if isinstance(holder.value, list):
            holder.value = [node for node in holder.value if node is not part]
        elif isinstance(holder.value, dict):
            holder.value = {key: node for key, node in holder.value.items() if node is not part}


def _removable(root: Node, form: Form[Model], loc: tuple[int | str, ...]) -> tuple[Node, Node]:
    """Find the last list item on the way (a course line, a cause ...), or else the key itself."""
    trail = [root]
    for key in form.file_keys(loc):
        below = trail[-1].child(key)
        if below is not None:
            trail.append(below)
    items = [index for index in range(2, len(trail)) if isinstance(trail[index - 1].value, list)]
    index = next((index for index in reversed(items) if _is_line(trail[index], form)), len(trail) - 1)
    return trail[max(index - 1, 0)], trail[index]


def _is_line(node: Node, form: Form[Model]) -> bool:
    return node.field.rsplit(".", 1)[-1].split("[")[0] in form.lists
