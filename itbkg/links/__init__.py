"""Which goes with which: causes, findings, treatments, delays and outcomes counted against each other.

Honest about what reports do not say: three states everywhere, bounds beside every risk, and the cases behind each
number. docs/links.md tells the grammar, what each number means, and what is not offered and why.
"""

from itbkg.links.categories import Category
from itbkg.links.cells import Cell
from itbkg.links.choosing import choose_where, fulfilling
from itbkg.links.cohort import Cohort
from itbkg.links.data import CaseData, case_data
from itbkg.links.marks import Code, Mark
from itbkg.links.pairs import Pair
from itbkg.links.sparql import link_query
from itbkg.links.strata import Dependence, LeftOut, Stratum
from itbkg.links.table import LinkTable, links
from itbkg.links.testing import Reason
from itbkg.links.variables import NAMES

__all__ = [
    "NAMES",
    "CaseData",
    "Category",
    "Cell",
    "Code",
    "Cohort",
    "Dependence",
    "LeftOut",
    "LinkTable",
    "Mark",
    "Pair",
    "Reason",
    "Stratum",
    "case_data",
    "choose_where",
    "fulfilling",
    "link_query",
    "links",
]
