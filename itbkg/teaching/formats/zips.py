"""Zip files of which the bytes are always the same: one fixed time, one order, one compression."""

import io
import zipfile
from collections.abc import Mapping
from typing import BinaryIO

#: The time of every member: the first that a zip can hold.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_members(file: BinaryIO, members: Mapping[str, bytes]) -> None:
    """Write members into a zip, in the order given."""
    packed = io.BytesIO()  # a stream that cannot seek would get other bytes
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type, member.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(member, content)
    file.write(packed.getvalue())


def read_members(content: bytes) -> dict[str, bytes]:
    """Read the members of a zip that a library has written, in its order."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
