"""Everything that can be set from outside, read once from a mapping such as the environment.

The corpus (ontology and data) lies inside the installed package, or beside it in a checkout.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from itbkg.errors import SettingsError

PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Corpus:
    """Where the words and the facts lie: a folder with `ontology/` and `data/` in it."""

    root: Path

    @property
    def ontology(self) -> Path:
        """The folder of the ontology's modules."""
        return self.root / "ontology"

    @property
    def cases(self) -> Path:
        """The folder of the case records."""
        return self.root / "data" / "cases"

    @property
    def guidance(self) -> Path:
        """The folder of the guidance records; a corpus may be without."""
        return self.root / "data" / "guidance"

    @property
    def published(self) -> Path:
        """The folder of the published numbers and their overlaps; a corpus may be without."""
        return self.root / "data" / "published"

    @property
    def teaching(self) -> Path:
        """The folder of the teaching cases; a corpus may be without."""
        return self.root / "data" / "teaching"

    @property
    def questions(self) -> Path:
        """The folder of the saved questions."""
        return self.ontology / "questions"

    @property
    def shapes(self) -> Path:
        """The folder of the SHACL shapes."""
        return self.ontology / "shapes"

    @property
    def quality(self) -> Path:
        """The folder of the rules of quality."""
        return self.ontology / "quality"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the doors need to know of their surroundings.

    `corpus` is read by every command; `cache` is the folder in which the graph of the corpus is kept
    once it has been built; `host` and `port` are where `itbkg serve` listens; `access_log` says whether it
    writes a line for each request.
    """

    corpus: Corpus
    cache: Path
    host: str
    port: int
    access_log: bool = False


def packaged_corpus() -> Corpus:
    """Find the corpus that came with the package.

    Raises SettingsError where neither the installed copy nor a checkout around the package has one.
    """
    for root in (PACKAGE / "corpus", PACKAGE.parent):
        if (root / "ontology").is_dir() and (root / "data").is_dir():
            return Corpus(root)
    raise SettingsError(f"no ontology/ and data/ in {PACKAGE}/corpus or {PACKAGE.parent}; install itbkg anew")


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Read ITBKG_CORPUS, ITBKG_CACHE, ITBKG_HOST, ITBKG_PORT and ITBKG_ACCESS_LOG, each with a default.

    Raises SettingsError, naming the variable, for a value that cannot be used.
    """
    return Settings(
        corpus=_corpus(environment.get("ITBKG_CORPUS")),
        cache=_cache(environment),
        host=environment.get("ITBKG_HOST", "127.0.0.1"),
        port=_port(environment.get("ITBKG_PORT", "8000")),
        access_log=_switch(environment.get("ITBKG_ACCESS_LOG", "0")),
    )


def _corpus(given: str | None) -> Corpus:
    if given is None:
        return packaged_corpus()
    corpus = Corpus(Path(given))
    if not (corpus.ontology.is_dir() and corpus.cases.is_dir()):
        raise SettingsError(f"ITBKG_CORPUS='{given}' is no folder with ontology/ and data/cases/ in it")
    return corpus


def _cache(environment: Mapping[str, str]) -> Path:
    """Follow the XDG Base Directory Specification for the default."""
    if "ITBKG_CACHE" in environment:
        return Path(environment["ITBKG_CACHE"])
    home = environment.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(home) / "itbkg"


def _port(given: str) -> int:
    if given.isdecimal() and 0 < int(given) < 65536:  # noqa: PLR2004 - the TCP port range
        return int(given)
    raise SettingsError(f"ITBKG_PORT='{given}' is no port; give a number from 1 to 65535")


def _switch(given: str) -> bool:
    if given in ("0", "1"):
        return given == "1"
    raise SettingsError(f"ITBKG_ACCESS_LOG='{given}' is no switch; give 1 for on or 0 for off")
