"""datapackage.json: the files of a release as a Data Package 1.0 (https://specs.frictionlessdata.io/data-package/)."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from itbkg.exports.release import about
from itbkg.exports.release.parts import PACKAGE, Part
from itbkg.store import Store


def write(store: Store, parts: Sequence[Part]) -> str:
    """Write the package; a table has its columns, any other file is a resource as it is.

    The packages of folders of tables are left out: a reader would take each for a package within this one.
    """
    package = {
        "profile": "data-package",
        "name": about.NAME,
        "id": about.IRI,
        "title": about.TITLE,
        "description": about.DESCRIPTION,
        "version": about.VERSION,
        "homepage": about.HOME,
        "created": f"{about.RELEASED}T00:00:00Z",
        "keywords": list(about.KEYWORDS),
        "licenses": [{"name": about.LICENCE_NAME, "path": about.LICENCE, "title": about.LICENCE_TITLE}],
        "contributors": [{"title": about.CREATOR, "role": "author"}],
        "resources": [_resource(one) for one in parts if Path(one.path).name != PACKAGE],
    }
    del store
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def _resource(part: Part) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": part.id,
        "path": part.path,
        "title": part.title,
        "mediatype": part.media_type,
        "format": part.path.rsplit(".", 1)[-1],
        "bytes": part.bytes,
        "hash": f"sha256:{part.sha256}",
    }
    if part.schema and part.media_type == "text/csv":
        told |= {"profile": "tabular-data-resource", "encoding": "utf-8", "schema": _own(part)}
    return told


def _own(part: Part) -> dict[str, Any]:
    """Keep what is said of the table itself: in the package of its folder other tables have other names."""
    return {name: value for name, value in part.schema.items() if name != "foreignKeys"}
