"""Cases as Phenopackets: a folder with a file for each, as their readers want it, or one file with a line for each."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from itbkg.exports.format import Loss, Losses
from itbkg.exports.health.codes import Codes
from itbkg.exports.health.packet import PacketWriter
from itbkg.exports.health.packetparts import Json
from itbkg.exports.selection import Selection
from itbkg.exports.tables.facts import case_facts
from itbkg.exports.tables.lexicon import Lexicon


def write_folder(selection: Selection, folder: Path) -> Losses:
    """Write a file for each case: `doe-1901--1.json`."""
    selection.require_cases("phenopackets")
    writer = PacketWriter(Codes(Lexicon(selection.store)))
    for packet in _packets(selection, writer):
        text = json.dumps(packet, indent=2, ensure_ascii=False)
        (folder / f"{file_stem(packet['id'])}.json").write_text(text + "\n", "utf-8", newline="\n")
    return _losses(selection, writer)


def write_lines(selection: Selection, file: BinaryIO) -> Losses:
    """Write one packet a line."""
    selection.require_cases("phenopackets-jsonl")
    writer = PacketWriter(Codes(Lexicon(selection.store)))
    for packet in _packets(selection, writer):
        file.write(json.dumps(packet, ensure_ascii=False).encode() + b"\n")
    return _losses(selection, writer)


def file_stem(case: str) -> str:
    """Name the file of a case; two hyphens part publication and case, which neither has."""
    return case.replace("/", "--")


def _packets(selection: Selection, writer: PacketWriter) -> Iterator[Json]:
    for case in selection.cases:
        yield writer.packet(case_facts(selection.store, case))


def _losses(selection: Selection, writer: PacketWriter) -> Losses:
    lost = tuple(Loss(what, count) for what, count in sorted(writer.lost.items()) if count)
    beside = (Loss("guidance, published numbers and ontology", 1),) if selection.whole else ()
    return (*lost, *beside)
