"""The record formats as JSON Schema, for completion and red lines in an ordinary editor."""

import json

from itbkg.curation.kinds import CASES, KINDS

#: Where the schema of a record of cases is kept, below the corpus.
SCHEMA_PATH = CASES.schema
#: Where the schema of each kind of record is kept.
SCHEMA_PATHS = tuple(kind.schema for kind in KINDS)


def record_schema(path: str = SCHEMA_PATH) -> str:
    """Return the JSON Schema (draft 2020-12) that is kept at `path` as text, the same bytes each time."""
    kind = next(kind for kind in KINDS if kind.schema == path)
    schema = kind.form.model.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["$id"] = f"https://w3id.org/itbkg/{path.rsplit('/', 1)[-1]}"
    schema["title"] = "itbkg record" if kind is CASES else f"itbkg record of {kind.name}"
    return json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
