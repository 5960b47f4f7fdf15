"""The record format as JSON Schema, for completion and red lines in an ordinary editor."""

import json

from itbkg.records import Publication

#: Where the schema is kept, below the corpus.
SCHEMA_PATH = "data/record.schema.json"


def record_schema() -> str:
    """Return the JSON Schema of a record file (draft 2020-12) as text, the same bytes each time."""
    schema = Publication.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["$id"] = "https://w3id.org/itbkg/record.schema.json"
    schema["title"] = "itbkg record"
    return json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
