"""ro-crate-metadata.json: a release as a Research Object Crate 1.1 (https://w3id.org/ro/crate/1.1)."""

import json
from collections.abc import Sequence
from typing import Any

from itbkg.exports.release import about
from itbkg.exports.release.parts import Part
from itbkg.store import Store

_VERSION = "https://w3id.org/ro/crate/1.1"
_CREATOR = "#contributors"


def write(store: Store, parts: Sequence[Part]) -> str:
    """Write the crate: the release as root, each file with size and digest."""
    files = [_file(one) for one in parts]
    document = {
        "@context": [f"{_VERSION}/context", {"sha256": "https://w3id.org/ro/terms/workflow-run#sha256"}],
        "@graph": [_descriptor(), _root(store, files), *_around(), *files],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _descriptor() -> dict[str, Any]:
    return {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "conformsTo": {"@id": _VERSION},
        "about": {"@id": "./"},
    }


def _root(store: Store, files: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {
        "@id": "./",
        "@type": "Dataset",
        "identifier": f"sha256:{store.manifest.digest}",
        "name": about.TITLE,
        "description": about.DESCRIPTION,
        "version": about.VERSION,
        "datePublished": about.RELEASED,
        "keywords": ", ".join(about.KEYWORDS),
        "license": {"@id": about.LICENCE},
        "author": {"@id": _CREATOR},
        "publisher": {"@id": _CREATOR},
        "url": about.HOME,
        "hasPart": [{"@id": one["@id"]} for one in files],
    }


def _around() -> list[dict[str, Any]]:
    return [
        {
            "@id": about.LICENCE,
            "@type": "CreativeWork",
            "name": about.LICENCE_TITLE,
            "identifier": about.LICENCE_NAME,
            "description": "Share and adapt, with attribution.",
        },
        {"@id": _CREATOR, "@type": "Organization", "name": about.CREATOR, "url": about.HOME},
    ]


def _file(part: Part) -> dict[str, Any]:
    return {
        "@id": part.path,
        "@type": "File",
        "name": part.title,
        "description": f"{part.title}, of {about.TITLE[0].lower()}{about.TITLE[1:]}",
        "encodingFormat": part.media_type,
        "contentSize": str(part.bytes),
        "sha256": part.sha256,
        "license": {"@id": about.LICENCE},
    }
