"""What a request asks of cases: the parameters that choose them, the same wherever cases are listed or counted."""

from typing import Annotated

from fastapi import Depends, Query

from itbkg.cases import WORDS, Chosen, Wanted
from itbkg.links import choose_where
from itbkg_api.parts import StorePart

Words = Annotated[
    list[str] | None,
    Query(description="A label or synonym, and what stands below it; commas mean or, given again it means and."),
]


def _wanted(
    event: Words = None,
    cause: Words = None,
    finding: Annotated[list[str] | None, Query(description="Present, as stated or by a measured value.")] = None,
    absent: Annotated[list[str] | None, Query(description="A finding that is stated absent.")] = None,
    not_reported: Annotated[list[str] | None, Query(description="A finding neither present nor stated absent.")] = None,
    measurement: Words = None,
    investigation: Words = None,
    considered: Annotated[list[str] | None, Query(description="A diagnosis that was thought of.")] = None,
    treatment: Words = None,
    response: Annotated[list[str] | None, Query(description="To each `treatment` that is given, or to any.")] = None,
    outcome: Words = None,
    condition: Words = None,
    age_group: Words = None,
    sex: Words = None,
    read_as: Words = None,
    review: Words = None,
    citation: Words = None,
    status: Words = None,
    without: Annotated[
        list[str] | None, Query(description="Leave out what is marked so, such as `retracted,unverified`.")
    ] = None,
    year: Annotated[str, Query(description="`2004`, `2000..2010`, `2000..` or `..2010`.")] = "",
    text: Annotated[list[str] | None, Query(description="Stands in title or narrative.")] = None,
    distinct_patients: Annotated[bool, Query(description="Take a person of whom several cases tell once.")] = False,
) -> Wanted:
    return Wanted.of(locals())


WantedPart = Annotated[Wanted, Depends(_wanted)]
WherePart = Annotated[
    str, Query(description="A filter: `event = withdrawal and finding != fever`; `!=` is stated absent.")
]


def _chosen(store: StorePart, wanted: WantedPart, where: WherePart = "") -> Chosen:
    return choose_where(store, where, wanted)


#: The cases that fulfil the filter and all conditions, in id order.
ChosenPart = Annotated[Chosen, Depends(_chosen)]

#: The names of the parameters that choose cases.
CHOOSING = (*WORDS, "year", "text", "distinct_patients")
