"""From the names and words of the grammar to what they mean in a graph, or to what is like them."""

import re
from collections.abc import Mapping

from itbkg.cases.fields import find_words, look_up
from itbkg.cases.filters import read_years as between_years
from itbkg.errors import DeprecatedWordError, NotFoundError, ParameterError, UnknownWordError
from itbkg.index import FIELDS, Field
from itbkg.links.data import MORE, CaseData
from itbkg.links.grammar import Threshold, variable_name
from itbkg.links.guessing import like_quantity, like_variable
from itbkg.links.senses import AnyOf, Sense, Terms
from itbkg.links.thresholds import LINKS, MEASURED, check_timed, lasted, measured, timed
from itbkg.links.variables import VARIABLES, YEARS
from itbkg.links.years import AnyYear, Years
from itbkg.vocabulary.words import fold

_DECADE = re.compile(r"(?P<first>[0-9]{3}0)s?")
_RESPONSE = "response_to_"


class Words:
    """Resolves the words of one graph; the names of a field are read once."""

    def __init__(self, data: CaseData) -> None:
        self._data = data
        self._names: dict[tuple[str, ...], Mapping[str, str]] = {}

    def field(self, name: str) -> Field:
        """Return the field of a variable; NotFoundError, with the variables most like it or that know the word."""
        if name in VARIABLES:
            return VARIABLES[name]
        if name.startswith(_RESPONSE):
            return self._responses(name.removeprefix(_RESPONSE))
        raise NotFoundError("variable", name, like_variable(self._data, self.names, name))

    def sense(self, name: str, words: str) -> Sense:
        """Return what words of a variable mean; of no words, that anything of it is reported.

        Raises NotFoundError for what is not known, ParameterError for an empty word and for what is no year.
        """
        if name in YEARS:
            return read_years(name, words) if words else AnyYear()
        field = self.field(name)
        return Terms(field, self.terms(field, words)) if words else AnyOf(field)

    def terms(self, field: Field, words: str) -> tuple[str, ...]:
        """Resolve the alternatives that words name; a name that itself holds a comma is one of them."""
        return find_words(self._data.store, field, words, self.names(field))

    def quantity(self, threshold: Threshold) -> Sense:
        """Return what a threshold means; raises what `terms` raises, and for a unit that does not fit."""
        if threshold.name:
            field = check_timed(self.field(threshold.name))
            return timed(self._data, threshold, field, self._one(field, threshold.word))
        if "_to_" in variable_name(threshold.word) and fold(threshold.word) not in self.names(MEASURED):
            from itbkg.links.spans import spanned  # noqa: PLC0415 - as heavy as the rest, and seldom asked for

            return spanned(self._data, threshold)
        term = self._measured(threshold.word)
        kind = lasted if term in self.names(MORE["delay"]).values() else measured
        return kind(self._data, threshold, term)

    def names(self, field: Field) -> Mapping[str, str]:
        """Return the IRI of each label and synonym of a field."""
        if field.of not in self._names:
            self._names[field.of] = field.names(self._data.store)
        return self._names[field.of]

    def _measured(self, word: str) -> str:
        try:
            return self._one(MEASURED, word)
        except UnknownWordError as error:
            if error.nearest or isinstance(error, DeprecatedWordError):
                raise
            raise UnknownWordError(error.kind, word, like_quantity(self._data, self.names, word, LINKS)) from error

    def _one(self, field: Field, word: str) -> str:
        terms = self.terms(field, word)
        if len(terms) > 1:
            raise ParameterError(f"'{word}' names several classes; a threshold takes one")
        return terms[0]

    def _responses(self, treatment: str) -> Field:
        """Return the responses to one treatment: those of any other in the same case are not among them."""
        known = {variable_name(name): term for name, term in self.names(FIELDS["treatment"]).items()}
        term = known.get(treatment) or look_up(self._data.store, FIELDS["treatment"], treatment.replace("_", " "))
        pattern = f"?case itb:hasTreatment ?given . ?given a <{term}> ; itb:hasResponse/a ?term ."
        return Field(_RESPONSE + treatment, "class", FIELDS["response"].of, pattern)


def read_years(name: str, words: str) -> Years:
    """Read `2004`, `2000..2010`, `2000..` or `..2010`, and for `decade` 1990s; ParameterError for anything else."""
    if name == "decade":
        decade = _DECADE.fullmatch(words)
        if decade is None:
            raise ParameterError(f"'{words}' is no decade; write it like 1990s")
        return Years(int(decade["first"]), int(decade["first"]) + 9)
    return Years(*between_years(words))


def about(parameter: str, error: NotFoundError | ParameterError) -> NotFoundError | ParameterError:
    """Note which parameter an error is about."""
    error.parameter = parameter
    return error
