"""Run the checks over a graph: all of them, or those that are named."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from itbkg.building import Progress
from itbkg.checks.profile import CHECKS
from itbkg.checks.quality import read_rules
from itbkg.checks.repeats import CHECKS as REPEATS
from itbkg.checks.repeats import find_repeats
from itbkg.checks.results import Check, Finding, Result
from itbkg.checks.shapes import Shapes
from itbkg.checks.views import Views
from itbkg.errors import NotFoundError
from itbkg.settings import Corpus
from itbkg.store import Store
from itbkg.vocabulary import read_ontology


def run_checks(
    corpus: Corpus, store: Store, only: Sequence[str] = (), progress: Progress | None = None
) -> list[Result]:
    """Run the checks of a corpus's ontology folder over a graph, each once; without names, all of them.

    The profile reads the ontology's files, for the graph lacks their class expressions, and what may be told twice is
    read from the records. Raises NotFoundError for a name that no check has, OntologyError for a shape or rule that
    cannot be applied.
    """
    shapes, rules = Shapes.read(corpus.shapes), read_rules(corpus.quality)
    known = [*CHECKS, *shapes.checks, *(rule.check for rule in rules), *REPEATS]
    asked = _asked(known, only)
    results = dict(_profile(corpus, asked))
    results |= _shapes(shapes, [check for check in shapes.checks if check in asked], store, progress)
    results |= {rule.check: list(rule.findings(store)) for rule in rules if rule.check in asked}
    results |= _repeats(corpus, [check for check in REPEATS if check in asked])
    return [Result(check, tuple(sorted(set(results[check])))) for check in known if check in asked]


def _asked(known: Sequence[Check], only: Sequence[str]) -> set[Check]:
    by_name = {check.name: check for check in known}
    for name in only:
        if name not in by_name:
            raise NotFoundError("check", name, get_close_matches(name, by_name, n=3, cutoff=0.5))
    return {by_name[name] for name in only or by_name}


def _profile(corpus: Corpus, asked: set[Check]) -> Iterator[tuple[Check, list[Finding]]]:
    checks = [check for check in CHECKS if check in asked]
    if checks:
        ontology = read_ontology(corpus.ontology)
        yield from ((check, list(CHECKS[check](ontology))) for check in checks)


def _shapes(
    shapes: Shapes, checks: Sequence[Check], store: Store, progress: Progress | None
) -> dict[Check, list[Finding]]:
    found: dict[Check, list[Finding]] = {check: [] for check in checks}
    by_name = {check.name: check for check in checks}
    views = Views(store) if checks else ()
    for done, (case, view) in enumerate(views, 1):
        if progress:
            progress(f"checking {case}", done, len(views))
        for name, node, stands in shapes.breaches(view):
            if name in by_name:
                found[by_name[name]].append(shapes.finding(by_name[name], case, node, stands))
    return found


def _repeats(corpus: Corpus, checks: Sequence[Check]) -> dict[Check, list[Finding]]:
    found: dict[Check, list[Finding]] = {check: [] for check in checks}
    for check, finding in find_repeats(corpus) if checks else ():
        if check in found:
            found[check].append(finding)
    return found
