"""What may be meant by a name that no variable bears, or by a word that no quantity bears: for errors that say so."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches

from itbkg.index import Field
from itbkg.links.data import CaseData
from itbkg.links.variables import NAMES, VARIABLES
from itbkg.namespaces import ITB
from itbkg.store import PREFIX_LINES
from itbkg.vocabulary.words import fold

_KIND = f"{PREFIX_LINES} SELECT ?branch ?name WHERE {{ ?branch rdfs:label|skos:altLabel ?name }}"
#: A shorter name stands within too many others.
_SHORTEST = 3
#: So many are named; of variables that are like nothing, all.
_MOST = 3

#: Gives the IRI of each label and synonym of a field.
Names = Callable[[Field], Mapping[str, str]]


def like_variable(data: CaseData, names: Names, name: str) -> list[str]:
    """Name the variables that are spelt alike or hold what is called so; else those with such a word; else all."""
    word = fold(name.replace("_", " "))
    spelt = get_close_matches(name, NAMES, n=_MOST, cutoff=0.6)
    within = [known for known in NAMES if len(name) >= _SHORTEST and name in known]
    meant = [field.name for field in VARIABLES.values() if _called(data, field, word)]
    alike = list(dict.fromkeys([*spelt, *within, *meant]))
    return alike[:_MOST] or list(_knowing(data, names, word, VARIABLES))[:_MOST] or list(NAMES)


def like_quantity(data: CaseData, names: Names, word: str, timed: Iterable[str]) -> list[str]:
    """Name the times of a word in the variables that have times, where it is a word of theirs."""
    return [f"time of {known}" for known in _knowing(data, names, fold(word), timed)][:_MOST]


def _knowing(data: CaseData, names: Names, word: str, variables: Iterable[str]) -> Iterator[str]:
    """Yield each variable that knows a word, with its label."""
    for name in variables:
        field = VARIABLES[name]
        if word in names(field):
            yield f"{name}={data.labels(field)[names(field)[word]]}"


def _called(data: CaseData, field: Field, word: str) -> bool:
    """Say whether the things of a field are called so as a whole: the considered ones are diagnoses."""
    kinds = (name for top in field.of for _, name in data.store.select(_KIND, branch=ITB[top]).texts())
    return any(f" {word} " in f" {fold(kind)} " for kind in kinds)
