"""`itbkg cases`: its options; what is heavy is imported when it runs."""

from typing import Annotated

import typer

from itbkg.cli.filtering import Where, joined
from itbkg.cli.options import Csv, Graph, Json

_Words = list[str] | None


def _words(example: str) -> typer.models.OptionInfo:
    """Make an option that takes words and may be given again."""
    option: typer.models.OptionInfo = typer.Option(metavar="WORD", help=example, show_default=False)
    return option


def cases(
    event: Annotated[_Words, _words("Such as withdrawal.")] = None,
    cause: Annotated[_Words, _words("Such as 'catheter kink' or 'human error'.")] = None,
    finding: Annotated[_Words, _words("Present, as stated or by a measured value.")] = None,
    absent: Annotated[_Words, _words("A finding that is stated absent.")] = None,
    not_reported: Annotated[_Words, _words("A finding that is neither.")] = None,
    measurement: Annotated[_Words, _words("Such as 'creatine kinase'.")] = None,
    investigation: Annotated[_Words, _words("Such as 'pump interrogation'.")] = None,
    considered: Annotated[_Words, _words("A diagnosis that was thought of.")] = None,
    treatment: Annotated[_Words, _words("Such as 'oral baclofen'.")] = None,
    response: Annotated[_Words, _words("To each --treatment that is given, or to any.")] = None,
    outcome: Annotated[_Words, _words("Such as death.")] = None,
    condition: Annotated[_Words, _words("From before the event, such as 'cerebral palsy'.")] = None,
    age_group: Annotated[_Words, _words("Such as adult, child or adolescent.")] = None,
    sex: Annotated[_Words, _words("female or male.")] = None,
    read_as: Annotated[_Words, _words("What was read, such as 'full text'.")] = None,
    review: Annotated[_Words, _words("entered or checked.")] = None,
    citation: Annotated[_Words, _words("verified or 'partly verified'.")] = None,
    status: Annotated[_Words, _words("Such as retracted.")] = None,
    without: Annotated[_Words, _words("Leave out what is marked so, such as 'retracted, unverified'.")] = None,
    year: Annotated[str, typer.Option(metavar="YEARS", help="2004, 2000..2010, 2000.. or ..2010.")] = "",
    text: Annotated[_Words, typer.Option("--text", metavar="TEXT", help="Stands in title or narrative.")] = None,
    distinct_patients: Annotated[
        bool, typer.Option("--distinct-patients", help="Take a person of whom several cases tell once.")
    ] = False,
    where: Where = None,
    sort: Annotated[str, typer.Option(metavar="ORDER", help="id or year.")] = "id",
    facets: Annotated[
        str | None, typer.Option(metavar="FIELD", help="Count the cases instead: by cause, finding, read-as ...")
    ] = None,
    graph: Graph = None,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """List the cases that fulfil all conditions, and say how many of how many they are.

    A WORD is a label or synonym ('itbkg terms' finds them) and takes in what stands below it. Commas mean or; an option
    that is given again is one more condition. What a report does not say fulfils no condition but --not-reported. A
    FILTER says the same in one line, with and, or, not and brackets, as in 'itbkg links'.
    """
    given = locals()
    from itbkg.cases import Wanted  # noqa: PLC0415
    from itbkg.cli import choosing  # noqa: PLC0415

    choosing.run(Wanted.of(given), joined(where), sort, facets, graph, as_json=json, as_csv=csv)
