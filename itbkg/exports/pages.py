"""The product `words`: Markdown pages that list every word of the ontology, one page per module and an index."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from itbkg.exports.markdown import address, head, plain, row
from itbkg.exports.words import Mapping, Module, Word, read_modules
from itbkg.writing import make_folder, remove, write_whole

INDEX = "words.md"
FOLDER = "words"
#: The first line of every page: what bears it was made here, and may be replaced or removed.
MARK = "<!-- Made from ontology/*.ttl by 'itbkg export words'; edit the ontology, not this page. -->"

_ABOUT = """\
A word is a class (a kind of finding, cause, drug …), a value (a member of a short closed list, or a unit) or a
property. Records name classes and values by label or synonym; upper and lower case do not count.

* **IRI.** `https://w3id.org/itbkg/ont/` and the name below the label: `https://w3id.org/itbkg/ont/CatheterKink`.
  It is readable and does not change; a word that is given up stays, marked as deprecated, with what replaces it.
* **Identifier.** `ITBKG:` and seven digits, for classes; a unit shows its UCUM code. Each module has numbers of its
  own; a number is given once.
* **Definition.** The kind above it and what sets it apart, in our own words; the numbers lead to its sources.
* **Mappings.** Terms of others by identifier and label: *exact* (the same), *close* (nearly the same), *broad*
  (theirs is wider), *narrow* (theirs is narrower).
* **Licence.** Ontology and data are under CC BY 4.0 (`LICENSE-DATA`).

For research and teaching, not for treatment decisions.
"""
_COLUMNS = ("id", "word", "below", "definition", "synonyms", "mappings")


def write_words(ontology: Path, out: Path) -> list[Path]:
    """Write the index and the pages of the modules below `out`, and remove pages of modules that are no more.

    Returns what it wrote, by path below `out`. Raises OntologyError for modules that cannot be read, ExportError for
    a folder that cannot be written.
    """
    pages = make_pages(ontology)
    make_folder(out / FOLDER)
    for page, text in pages.items():
        write_whole(out / page, text.encode("utf-8"))
    for old in sorted((out / FOLDER).glob("*.md")):
        if old.relative_to(out) not in pages and old.read_bytes().startswith(MARK.encode()):
            remove(old)
    return list(pages)


def make_pages(ontology: Path) -> dict[Path, str]:
    """Return the text of every page by its path below the folder that they go into."""
    modules = read_modules(ontology)
    home = {str(word.iri): (word, module.name) for module in modules for word in module.words}
    pages = {Path(FOLDER, f"{module.name}.md"): "\n".join(_page(module, home)) for module in modules}
    return {Path(INDEX): "\n".join(_index(modules)), **pages}


def _index(modules: Sequence[Module]) -> Iterator[str]:
    yield from (MARK, "", "# The words", "", _ABOUT)
    heads = ("module", "what it holds", "classes", "values", "properties", "defined", "synonyms", "mappings")
    yield from head(heads)
    for module in modules:
        yield row([f"[{module.name}]({FOLDER}/{module.name}.md)", plain(module.intro), *_counts([module])])
    yield row(["**all**", "", *_counts(modules)])
    yield ""


def _counts(modules: Iterable[Module]) -> list[str]:
    """Count classes, values, properties; of them all those with a definition; synonyms; mappings."""
    found = list(modules)
    words = [word for module in found for word in module.words]
    return [
        str(sum(len(module.classes) for module in found)),
        str(sum(len(module.values) for module in found)),
        str(sum(len(module.properties) for module in found)),
        str(sum(bool(word.definition) for word in words)),
        str(sum(len(word.synonyms) for word in words)),
        str(sum(len(word.mappings) for word in words)),
    ]


def _page(module: Module, home: dict[str, tuple[Word, str]]) -> Iterator[str]:
    yield from (MARK, "", f"# Words: {module.name}", "", plain(module.intro), "", f"[All modules](../{INDEX})", "")
    for title, words in (("Classes", module.classes), ("Values", module.values), ("Properties", module.properties)):
        if words:
            yield from (f"## {title}", "", *head(_COLUMNS))
            yield from (row(_cells(word, module.name, home)) for word in words)
            yield ""


def _cells(word: Word, module: str, home: dict[str, tuple[Word, str]]) -> Iterator[str]:
    yield word.id or ", ".join(f"`{code}`" for code in word.codes)
    mark = " (deprecated)" if word.deprecated else ""
    yield f'<a id="{word.name}"></a>**{plain(word.label)}**{mark}<br>`{word.name}`'
    yield "<br>".join(_above(above, module, home) for above in word.above)
    replaced = [f"Replaced by {_above(iri, module, home)}." for iri in word.replaced_by]
    sources = [f"[[{number}]({address(source)})]" for number, source in enumerate(word.sources, 1)]
    yield " ".join(part for part in (plain(word.definition), *replaced, *sources) if part)
    yield "; ".join(map(plain, word.synonyms))
    yield "<br>".join(map(_mapping, word.mappings))


def _above(above: str, module: str, home: dict[str, tuple[Word, str]]) -> str:
    if above not in home:
        return plain(above)
    word, where = home[above]
    return f"[{plain(word.label)}]({'' if where == module else f'{where}.md'}#{word.name})"


def _mapping(mapping: Mapping) -> str:
    return f"{mapping.match} [{plain(mapping.id)}]({address(mapping.iri)}) {plain(mapping.label)}".rstrip()
