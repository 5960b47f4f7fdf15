"""Which facts each stage shows, from the names and patterns that it lists."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches

from itbkg.curation.found import Found
from itbkg.errors import did_you_mean
from itbkg.teaching.lesson import Fact
from itbkg.teaching.pieces import PARTS, Piece
from itbkg.teaching.record import StageRecord

#: The parts that tell what came of a statement.
_RESULTS = ("response", "shows")


def shown_names(stages: Sequence[StageRecord], pieces: Mapping[str, Piece]) -> tuple[list[list[str]], list[Found]]:
    """Name what each stage shows, in its order; and say which names and patterns are of nothing.

    A pattern takes the whole statements that it fits, but for those that a stage names and those shown before.
    """
    named = {name for stage in stages for name in stage.shows if "*" not in name}
    shown: list[list[str]] = []
    wrong: list[Found] = []
    before: set[str] = set()
    for index, stage in enumerate(stages):
        mine: list[str] = []
        for place, name in enumerate(stage.shows):
            found = _fitting(name, pieces, named | before | {*mine})
            if not found:
                wrong.append(_nothing(("stages", index, "shows", place), name, pieces))
            mine.extend(one for one in found if one not in mine)
        before |= {*mine}
        shown.append(mine)
    return shown, wrong


def facts_shown(names: Iterable[str], pieces: Mapping[str, Piece], elsewhere: Iterable[str]) -> Iterator[Fact]:
    """Yield the facts of a stage; a detail that no stage names joins its statement, or what came of it."""
    apart = {*elsewhere}
    for name in names:
        fact = pieces[name].fact
        detail = pieces.get(f"{_told_with(name, pieces)}/detail")
        if detail is not None and detail.fact.id not in apart:
            added = detail.fact.text.removeprefix(f"{fact.label}: ")
            fact = replace(fact, text=f"{fact.text}. {added}")
        yield fact


def _told_with(name: str, pieces: Mapping[str, Piece]) -> str:
    """Name the statement whose detail is told with a fact; a detail may say what came of it, so it waits for that."""
    whole, _, part = name.rpartition("/")
    if part in _RESULTS:
        return whole
    return "" if any(f"{name}/{result}" in pieces for result in _RESULTS) else name


def _fitting(name: str, pieces: Mapping[str, Piece], taken: set[str]) -> list[str]:
    if "*" not in name:
        return [name] if name in pieces else []
    form = re.compile(re.escape(name).replace(r"\*", "[^/]*"))
    asked = name.rsplit("/", 1)[-1] in PARTS
    return [
        one
        for one, piece in pieces.items()
        if form.fullmatch(one) and one not in taken and (asked or not piece.part_of)
    ]


def _nothing(keys: tuple[str | int, ...], name: str, pieces: Mapping[str, Piece]) -> Found:
    if "*" in name:
        return Found(keys, f"'{name}' fits no statement that is still to be shown.", "Take it out, or widen it.")
    hint = did_you_mean(get_close_matches(name, pieces, n=3, cutoff=0.6)) or "."
    return Found(keys, f"the case has no statement '{name}'{hint}", "Name one that 'itbkg teach CASE --facts' lists.")
