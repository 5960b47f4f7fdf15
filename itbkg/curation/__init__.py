"""From a YAML file to a record, or to every problem in it at once."""

from itbkg.curation.gathered import Records
from itbkg.curation.reading import read_publication, read_publications, read_records, record_paths
from itbkg.curation.schema import SCHEMA_PATH, SCHEMA_PATHS, record_schema
from itbkg.curation.suspicions import Suspicion, find_overlaps

__all__ = [
    "SCHEMA_PATH",
    "SCHEMA_PATHS",
    "Records",
    "Suspicion",
    "find_overlaps",
    "read_publication",
    "read_publications",
    "read_records",
    "record_paths",
    "record_schema",
]
