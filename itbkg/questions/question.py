"""A saved question: SPARQL text, what it takes and what it gives."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from rdflib import Literal as Number
from rdflib import URIRef

#: What may be given for a parameter: a case or publication by its id, a class or value by its word, a number.
Kind = Literal["case", "publication", "class", "value", "number"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something that may be set before asking.

    `of` holds the branches of the ontology in which the word of a class or value is looked up, or the unit of a number.
    `default` is the term that stands in the file; empty where the question takes in everything.
    """

    name: str
    variable: str
    kind: Kind
    of: tuple[str, ...]
    meaning: str
    default: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the answer."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Question:
    """A saved question; `text` is its file, which any SPARQL engine runs as it stands."""

    name: str
    title: str
    reading: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    text: str

    def bind(self, terms: Mapping[str, URIRef | Number]) -> str:
        """Return the query with terms in the places of its parameters, by their names."""
        text = self.text
        for parameter in self.parameters:
            if parameter.name in terms:
                term = terms[parameter.name].n3()
                text = slot(parameter.variable).sub(f"VALUES ?{parameter.variable} {{ {term} }}", text)
        return text


def slot(variable: str) -> re.Pattern[str]:
    """Match the place of a parameter in a query: `VALUES ?variable { UNDEF }`, or a default in the place of UNDEF."""
    return re.compile(rf"VALUES \?{variable} \{{ (?P<term>\S+) \}}")
