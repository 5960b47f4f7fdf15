"""Write a selection in a format, to a file or a folder, whole or not at all."""

import tempfile
from pathlib import Path
from typing import BinaryIO

from itbkg.exports.format import FolderFormat, Format, Losses
from itbkg.exports.selection import Selection
from itbkg.writing import write_folder_whole, write_stream, write_zip


def write_format(chosen: Format, selection: Selection, out: Path) -> Losses:
    """Write a file, or for a format of several files a folder; returns what was lost.

    Raises ExportError where it cannot be written, SelectionError where the format cannot take the selection.
    """
    if isinstance(chosen, FolderFormat):
        return write_folder_whole(out, lambda folder: chosen.write(selection, folder))
    return write_stream(out, lambda file: chosen.write(selection, file))


def write_one_file(chosen: Format, selection: Selection, file: BinaryIO) -> Losses:
    """Write into one file, a format of several files as a zip."""
    if not isinstance(chosen, FolderFormat):
        return chosen.write(selection, file)
    with tempfile.TemporaryDirectory() as name:
        losses = chosen.write(selection, Path(name))
        write_zip(file, Path(name))
        return losses
