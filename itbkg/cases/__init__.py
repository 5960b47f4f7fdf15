"""The cases of a graph: chosen by what they have, counted, listed, and told one by one."""

from itbkg.cases.account import CaseAccount, Entry, Link, PatientAccount, Reference, TherapyAccount
from itbkg.cases.choosing import SORTS, CaseList, Chosen, choose_cases
from itbkg.cases.facets import FacetCount, Facets, count_cases
from itbkg.cases.fields import FIELDS
from itbkg.cases.filters import WORDS, Condition, Wanted
from itbkg.cases.listing import CaseRow, list_cases
from itbkg.cases.publications import (
    PublicationAccount,
    PublicationList,
    PublicationRow,
    list_publications,
    tell_publication,
)
from itbkg.cases.telling import tell_case

__all__ = [
    "FIELDS",
    "SORTS",
    "WORDS",
    "CaseAccount",
    "CaseList",
    "CaseRow",
    "Chosen",
    "Condition",
    "Entry",
    "FacetCount",
    "Facets",
    "Link",
    "PatientAccount",
    "PublicationAccount",
    "PublicationList",
    "PublicationRow",
    "Reference",
    "TherapyAccount",
    "Wanted",
    "choose_cases",
    "count_cases",
    "list_cases",
    "list_publications",
    "tell_case",
    "tell_publication",
]
