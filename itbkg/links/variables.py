"""The variables of the grammar by name."""

from collections.abc import Mapping

from itbkg.index import FIELDS, Field
from itbkg.links.data import MORE

#: The variables whose terms are classes or values of the graph, by name.
VARIABLES: Mapping[str, Field] = {**FIELDS, **MORE}
#: The variables of the year of publication.
YEARS = ("year", "decade")
NAMES = (*VARIABLES, *YEARS)
