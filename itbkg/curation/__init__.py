"""From a YAML file to a record, or to every problem in it at once."""

from itbkg.curation.reading import read_publication, read_publications, record_paths
from itbkg.curation.schema import SCHEMA_PATH, record_schema

__all__ = ["SCHEMA_PATH", "read_publication", "read_publications", "record_paths", "record_schema"]
