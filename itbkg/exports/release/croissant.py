"""croissant.json: a release as machine learning reads data sets (https://docs.mlcommons.org/croissant/docs/croissant-spec-1.0.html)."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from itbkg.exports.release import about
from itbkg.exports.release.parts import Part
from itbkg.store import Store

_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
#: What a column holds, by the type that its Table Schema says.
_TYPES: Mapping[str, str] = {
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
}


def write(store: Store, parts: Sequence[Part]) -> str:
    """Write the description: each file with its digest, each CSV table as a set of records with its columns."""
    tables = [one for one in parts if one.schema and one.media_type == "text/csv"]
    document = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": about.NAME,
        "description": about.DESCRIPTION,
        "version": about.VERSION,
        "datePublished": about.RELEASED,
        "license": about.LICENCE,
        "url": about.HOME,
        "creator": {"@type": "sc:Organization", "name": about.CREATOR},
        "keywords": list(about.KEYWORDS),
        "citeAs": f"{about.CREATOR}. {about.TITLE}. Version {about.VERSION}, {about.RELEASED}. {about.HOME}",
        "distribution": [_file(one) for one in parts],
        "recordSet": [_records(one) for one in tables],
    }
    del store
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _file(part: Part) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": part.id,
        "name": part.path,
        "description": part.title,
        "contentUrl": part.path,
        "encodingFormat": part.media_type,
        "contentSize": f"{part.bytes} B",
        "sha256": part.sha256,
    }


def _records(part: Part) -> dict[str, Any]:
    name = f"records-{part.id}"
    fields = [_field(name, part, one) for one in part.schema["fields"]]
    return {"@type": "cr:RecordSet", "@id": name, "name": part.path, "description": part.title, "field": fields}


def _field(records: str, part: Part, column: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"{records}/{column['name']}",
        "name": column["name"],
        "description": column.get("description", column["name"]),
        "dataType": _TYPES.get(column.get("type", ""), "sc:Text"),
        "source": {"fileObject": {"@id": part.id}, "extract": {"column": column["name"]}},
    }
