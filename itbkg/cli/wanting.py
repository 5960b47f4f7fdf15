"""`--where NAME=WORDS` of the commands that choose cases as `itbkg cases` does."""

from collections.abc import Sequence

from itbkg.cases import WORDS, Wanted
from itbkg.cases.names import nearest
from itbkg.errors import ParameterError, did_you_mean


def wanted_of(where: Sequence[str]) -> Wanted:
    """Read conditions, such as `event=withdrawal` and `year=2000..`; ParameterError for what is none."""
    words: dict[str, tuple[str, ...]] = {}
    years, texts = "", []
    for pair in where:
        name, sign, given = pair.partition("=")
        key = name.strip().replace("-", "_")
        if not sign or key not in {*WORDS, "year", "text"}:
            hint = (
                did_you_mean(nearest(key, [*WORDS, "year", "text"])) or "; write NAME=WORDS, such as event=withdrawal"
            )
            error = ParameterError(f"'{pair}' chooses no cases{hint}")
            error.parameter = "where"
            raise error
        if key == "year":
            years = given
        elif key == "text":
            texts.append(given)
        else:
            words[key] = (*words.get(key, ()), given)
    return Wanted(words, years, tuple(texts))
