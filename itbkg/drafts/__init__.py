"""Draft records from what others hold: Phenopackets, and a filled-in spreadsheet.

A draft is a record like any other (`itbkg.records`), entered and not checked; what it leaves to write, and what of the
input has no place in it, is said.
"""

from itbkg.drafts.draft import Draft, Unplaced
from itbkg.drafts.importing import Imported, Made, import_case_tables, import_phenopackets
from itbkg.drafts.template import write_template

__all__ = [
    "Draft",
    "Imported",
    "Made",
    "Unplaced",
    "import_case_tables",
    "import_phenopackets",
    "write_template",
]
