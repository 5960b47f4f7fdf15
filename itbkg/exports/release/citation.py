"""CITATION.cff, by which others cite a release (Citation File Format 1.2.0, https://citation-file-format.github.io)."""

import json
from collections.abc import Sequence

from itbkg.exports.release import about
from itbkg.exports.release.parts import Part
from itbkg.store import Store


def write(store: Store, parts: Sequence[Part]) -> str:
    """Write the citation; each value is JSON, which is YAML too."""
    told = {
        "cff-version": "1.2.0",
        "type": "dataset",
        "title": about.TITLE,
        "abstract": about.DESCRIPTION,
        "message": "If you use these data, cite them so, and the publications that tell the cases that you use.",
        "authors": [{"name": about.CREATOR}],
        "version": about.VERSION,
        "date-released": about.RELEASED,
        "license": about.LICENCE_NAME,
        "url": about.HOME,
        "keywords": list(about.KEYWORDS),
        "identifiers": [
            {"type": "other", "value": f"sha256:{store.manifest.digest}", "description": "The digest of the dataset."}
        ],
    }
    del parts
    return "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in told.items())
