"""The build: ontology and records in, one dataset out, in memory or as a folder."""

from itbkg.building.build import (
    Built,
    Progress,
    build,
    build_folder,
    build_in_memory,
    check_with_hermit,
    record_files,
    write_folder,
)

__all__ = [
    "Built",
    "Progress",
    "build",
    "build_folder",
    "build_in_memory",
    "check_with_hermit",
    "record_files",
    "write_folder",
]
