"""What a build folder holds, so that opening it can tell whether it is whole."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

#: The version of the folder's layout.
FORMAT = 1

MANIFEST = "manifest.json"
DATASET = "dataset.nq"
#: Which case has which class, ready made; a folder without it is asked for that.
INDEX = "index.bin"
STORE = "store"
#: SHA-256 of the manifest and of every file of the store, as `sha256sum --check` reads it. Apart from the manifest,
#: because the store's own files hold times and random names: the manifest of two equal builds is equal, this is not.
STORE_SUMS = "store.sha256"


@dataclass(frozen=True, slots=True)
class FileDigest:
    """Size in bytes and SHA-256 of one file."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """Versions, counts and digests of one build.

    `publications` counts those that tell cases, `published_sources` those that give numbers; a paper may do both.
    `quads` counts the whole store, `triples` the default graph, which holds each triple once; `graphs` counts the
    named ones. `inputs` digests every file that was read, by its path below the corpus.
    """

    format: int
    versions: Mapping[str, str]
    publications: int
    cases: int
    guidance_documents: int
    guidance_statements: int
    published_sources: int
    published_observations: int
    quads: int
    triples: int
    graphs: int
    inputs: Mapping[str, str]
    files: Mapping[str, FileDigest]

    def to_json(self) -> str:
        """Write the manifest, the same bytes each time."""
        return json.dumps(asdict(self), indent=2, sort_keys=True) + "\n"

    @property
    def digest(self) -> str:
        """The SHA-256 of the dataset's N-Quads: it names the dataset. Empty for one that is kept elsewhere."""
        return self.files[DATASET].sha256 if DATASET in self.files else ""


def parse_manifest(text: str) -> Manifest:
    """Read a manifest; ValueError where the text is none of this format."""
    try:
        given: dict[str, Any] = json.loads(text)
        files = {name: FileDigest(**digest) for name, digest in given.pop("files").items()}
        manifest = Manifest(files=files, **given)
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"not a manifest: {error}") from error
    if manifest.format != FORMAT or DATASET not in files:
        raise ValueError(f"a manifest of format {manifest.format}, not {FORMAT}")
    return manifest


def digest_file(path: Path) -> FileDigest:
    """Digest one file, in blocks."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
        return FileDigest(file.tell(), digest.hexdigest())


def digest_bytes(content: bytes) -> FileDigest:
    """Digest what a file is to hold."""
    return FileDigest(len(content), hashlib.sha256(content).hexdigest())


def digest_inputs(root: Path, paths: Iterable[Path]) -> dict[str, str]:
    """Digest the files that a build reads, by their path below `root` where they lie below it."""
    named = ((path, path.relative_to(root) if path.is_relative_to(root) else path) for path in paths)
    return {name.as_posix(): digest_file(path).sha256 for path, name in sorted(named)}


def store_sums(folder: Path) -> str:
    """List the SHA-256 of the manifest of a build folder and of every file of its store."""
    files = [folder / MANIFEST, *sorted(path for path in (folder / STORE).rglob("*") if path.is_file())]
    return "".join(f"{digest_file(path).sha256}  {path.relative_to(folder).as_posix()}\n" for path in files)
