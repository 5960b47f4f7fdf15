"""The files of a release: each with what it is, its size and its SHA-256, and for tables their columns."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from itbkg.store.manifest import digest_file

#: What the columns of tables are told by: a Data Package inside a folder of tables (https://datapackage.org).
PACKAGE = "datapackage.json"


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a release, by its path below it.

    `format` names the row of the table of formats that it is of. `schema` is a Frictionless Table Schema where it is a
    table.
    """

    path: str
    format: str
    title: str
    media_type: str
    bytes: int
    sha256: str
    schema: Mapping[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """A name of small letters, figures, - and _ that no other file has."""
        kept = (letter if letter.isalnum() or letter in "-_" else "-" for letter in self.path.lower())
        return "".join(kept).strip("-")


#: Media types of files inside a format of several files, by ending.
_MEDIA_TYPES = {
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".json": "application/json",
    ".jsonl": "application/x-ndjson",
    ".parquet": "application/vnd.apache.parquet",
    ".md": "text/markdown",
    ".ttl": "text/turtle",
    ".cypher": "text/plain",
}


def one_part(root: Path, path: Path, name: str, title: str, media_type: str) -> Part:
    """Tell a file of a release that lies in `root`."""
    digest = digest_file(path)
    return Part(path.relative_to(root).as_posix(), name, title, media_type, digest.bytes, digest.sha256)


def folder_parts(root: Path, folder: Path, name: str, title: str) -> Iterator[Part]:
    """Tell the files of a format of several files, sorted by path."""
    schemas = _schemas(folder)
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        within = path.relative_to(folder).as_posix()
        media_type = _MEDIA_TYPES.get(path.suffix, "application/octet-stream")
        digest = digest_file(path)
        yield Part(
            path.relative_to(root).as_posix(), name, f"{title}: {within}", media_type, digest.bytes, digest.sha256,
            schemas.get(within, {}),
        )  # fmt: skip


def _schemas(folder: Path) -> dict[str, Mapping[str, Any]]:
    """Read the columns of tables by path, where the folder says them."""
    if not (folder / PACKAGE).is_file():
        return {}
    told = json.loads((folder / PACKAGE).read_text("utf-8"))
    return {one["path"]: one["schema"] for one in told["resources"] if isinstance(one.get("schema"), dict)}
