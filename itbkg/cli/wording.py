"""`itbkg terms`."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typer

from itbkg.building.opening import open_graph
from itbkg.cli.output import note, progress, say, say_json, say_table, settings
from itbkg.cli.wordtext import account_lines, label_of, tree_lines
from itbkg.terms import Found, Glossary, TermRow


def run(
    asked: str | None, graph: Path | None, *, as_tree: bool, depth: int | None, only_search: bool, as_json: bool
) -> None:
    """Show the term that is named, list those that are found, draw the tree, or list the branches."""
    if depth is not None and not as_tree:
        raise typer.BadParameter("it is how deep a tree is drawn; give --tree with it", param_hint="--depth")
    glossary = _open(graph)
    if as_tree:
        _tree(glossary, asked or "", depth, as_json=as_json)
    elif not asked:
        _branches(glossary, as_json=as_json)
    else:
        _find(glossary, asked, only_search=only_search, as_json=as_json)


def _open(graph: Path | None) -> Glossary:
    known = settings()
    with progress() as bar:
        return Glossary(open_graph(known, graph, bar), known.corpus.ontology)


def _tree(glossary: Glossary, top: str, depth: int | None, *, as_json: bool) -> None:
    tree = glossary.tree(top, depth)
    _say(asdict(tree) if as_json else tree_lines(tree))


def _branches(glossary: Glossary, *, as_json: bool) -> None:
    branches = glossary.branches()
    if as_json:
        say_json([asdict(branch) for branch in branches])
        return
    say_table(
        ("branch", "name", "classes", "values"),
        [(one.label, one.name, str(one.classes), str(one.values)) for one in branches],
    )
    note("Search all with 'itbkg terms WORD'; draw a branch with 'itbkg terms --tree NAME'.")


def _find(glossary: Glossary, asked: str, *, only_search: bool, as_json: bool) -> None:
    found = glossary.search(asked)
    if not found.total:
        raise glossary.unknown("term", found.query)
    if only_search or not found.exact:
        _list(found, as_json=as_json)
        return
    account = glossary.show(glossary.identify(found.exact))
    _say(asdict(account) if as_json else account_lines(account))
    if found.total > 1:
        note(f"Found besides: {found.total - 1}; 'itbkg terms --search' lists them.")


def _list(found: Found, *, as_json: bool) -> None:
    if as_json:
        say_json(asdict(found))
        return
    say_table(("term", "name", "id", "branch", "found by"), [_hit(one) for one in found.terms])


def _hit(one: TermRow) -> tuple[str, ...]:
    return label_of(one), one.name, one.id, ", ".join(one.branches), f"{one.how}: {one.matched}"


def _say(what: dict[str, Any] | Iterator[str]) -> None:
    if isinstance(what, dict):
        say_json(what)
    else:
        say("\n".join(what))
