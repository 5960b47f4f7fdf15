"""The compact index of the graph: which case has which class, hierarchy closed, in three states."""

from itbkg.index.bits import Bits
from itbkg.index.caseindex import CaseIndex
from itbkg.index.column import Column
from itbkg.index.contingency import STATES, Contingency
from itbkg.index.fields import ABSENT, FIELDS, Field, find_field, labels_of
from itbkg.index.questions import classes_telling
from itbkg.index.reading import case_index, read_index
from itbkg.index.tree import Tree, read_tree

__all__ = [
    "ABSENT",
    "FIELDS",
    "STATES",
    "Bits",
    "CaseIndex",
    "Column",
    "Contingency",
    "Field",
    "Tree",
    "case_index",
    "classes_telling",
    "find_field",
    "labels_of",
    "read_index",
    "read_tree",
]
