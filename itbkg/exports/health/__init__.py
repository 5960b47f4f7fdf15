"""Cases as health records: GA4GH Phenopackets v2 and FHIR R5."""

from pathlib import Path
from typing import BinaryIO

from itbkg.exports.format import FileFormat, FolderFormat, Losses
from itbkg.exports.selection import Selection


def _phenopackets(selection: Selection, folder: Path) -> Losses:
    from itbkg.exports.health.phenopackets import write_folder  # noqa: PLC0415

    return write_folder(selection, folder)


def _phenopacket_lines(selection: Selection, file: BinaryIO) -> Losses:
    from itbkg.exports.health.phenopackets import write_lines  # noqa: PLC0415

    return write_lines(selection, file)


def _fhir(selection: Selection, file: BinaryIO) -> Losses:
    from itbkg.exports.health.fhir import write_fhir  # noqa: PLC0415

    return write_fhir(selection, file)


FORMATS: tuple[FileFormat | FolderFormat, ...] = (
    FolderFormat("phenopackets", "GA4GH Phenopackets v2: a JSON file for each case", "", _phenopackets),
    FileFormat(
        *(
            "phenopackets-jsonl",
            "GA4GH Phenopackets v2: a line of JSON for each case",
            "application/jsonl",
            ".jsonl",
            "",
        ),
        _phenopacket_lines,
    ),
    FileFormat("fhir", "FHIR R5: a Bundle of all cases", "application/fhir+json", ".fhir.json", "", _fhir),
)
