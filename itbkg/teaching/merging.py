"""Three-way merge of a teaching case: edits stay, what the draft changed comes in, and conflicts are told.

`base` is the draft as it was made before, `mine` the file as it stands, `theirs` the new draft. Mappings merge by key,
lists of mappings by id (options by their word), lists of texts by their members. Where both sides changed one thing,
the educator's stays and the conflict is told with what the new draft has. `mine` is changed in place, so that its
comments stay.
"""

from collections.abc import Iterator, Mapping, MutableMapping, MutableSequence, Sequence
from dataclasses import dataclass
from typing import Any

#: By which key the items of a list are told apart.
_NAMES = ("id", "word")


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing that both sides changed: where it stands, what was kept and what the new draft has."""

    place: str
    kept: str
    draft: str

    def __str__(self) -> str:
        return f"{self.place}: kept {self.kept}; the new draft has {self.draft}"


def merge(
    base: Mapping[str, Any], mine: MutableMapping[str, Any], theirs: Mapping[str, Any], place: str = ""
) -> list[Conflict]:
    """Bring the changes from `base` to `theirs` into `mine`, and return the conflicts in the order of the new draft."""
    return list(_mapping(base, mine, theirs, place))


def _mapping(
    base: Mapping[str, Any], mine: MutableMapping[str, Any], theirs: Mapping[str, Any], place: str
) -> Iterator[Conflict]:
    for key in dict.fromkeys((*theirs, *base)):
        inner = f"{place}.{key}" if place else str(key)
        before, own, new = (one.get(key) for one in (base, mine, theirs))
        if new in (before, own):
            continue
        if own == before:
            _put(mine, key, new)
        elif isinstance(own, MutableMapping) and isinstance(new, Mapping):
            yield from _mapping(before or {}, own, new, inner)
        elif isinstance(own, MutableSequence) and isinstance(new, Sequence) and not isinstance(new, str):
            yield from _sequence(before or [], own, new, inner)
        else:
            yield Conflict(inner, _said(own), _said(new))


def _put(mine: MutableMapping[str, Any], key: str, value: Any) -> None:
    if value is None:
        mine.pop(key, None)
    else:
        mine[key] = value


def _sequence(base: Sequence[Any], mine: MutableSequence[Any], theirs: Sequence[Any], place: str) -> Iterator[Conflict]:
    before, new = _named(base), _named(theirs)
    for name in before.keys() - new.keys():
        yield from _gone(before[name], mine, name, place)
    for name, item in new.items():
        own = _named(mine)
        if name in before and name not in own:
            if item != before[name]:
                yield Conflict(f"{place}[{name}]", "nothing, for it was taken out", _said(item))
        elif name not in own:
            mine.insert(_position(mine, list(new), name), item)
        elif isinstance(item, Mapping):
            yield from _mapping(before.get(name, {}), own[name], item, f"{place}[{name}]")


def _gone(item: Any, mine: MutableSequence[Any], name: str, place: str) -> Iterator[Conflict]:
    """Take out what the new draft no longer has, unless it was edited."""
    own = _named(mine)
    if name not in own:
        return
    if own[name] == item:
        mine.remove(own[name])
    else:
        yield Conflict(f"{place}[{name}]", _said(own[name]), "nothing")


def _named(items: Sequence[Any]) -> dict[str, Any]:
    return {_name(item): item for item in items}


def _name(item: Any) -> str:
    if isinstance(item, Mapping):
        return next((str(item[key]) for key in _NAMES if key in item), str(item))
    return str(item)


def _position(mine: Sequence[Any], order: Sequence[str], name: str) -> int:
    """Put a new item behind the nearest one before it in the new draft that is there."""
    places = {_name(item): place for place, item in enumerate(mine)}
    earlier = reversed(order[: order.index(name)])
    return next((places[one] + 1 for one in earlier if one in places), 0)


def _said(value: Any) -> str:
    text = " ".join(str(_plain(value)).split())
    return "nothing" if value is None else f"'{text[:100]}{'…' if len(text) > 100 else ''}'"  # noqa: PLR2004 - a line


def _plain(value: Any) -> Any:
    """Turn what the YAML library read into plain values, which print plainly."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, str) else value
