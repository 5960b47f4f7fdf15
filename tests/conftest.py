"""Shared fixtures: the real ontology with a small corpus of fictional cases, so that curating breaks no unit test."""

from pathlib import Path

import pytest

from itbkg.build import Built, build
from itbkg.settings import Corpus
from itbkg.store import Store
from itbkg.vocabulary import Vocabulary

TESTS = Path(__file__).resolve().parent
PROJECT = TESTS.parent
FICTIONAL = TESTS / "fictional"


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """Read the project's ontology once."""
    return Vocabulary.read(PROJECT / "ontology")


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Put the fictional records beside the project's ontology."""
    root = tmp_path_factory.mktemp("corpus")
    (root / "ontology").symlink_to(PROJECT / "ontology", target_is_directory=True)
    cases = root / "data" / "cases"
    cases.mkdir(parents=True)
    for path in FICTIONAL.glob("*.yaml"):
        (cases / path.name).write_bytes(path.read_bytes())
    return Corpus(root)


@pytest.fixture(scope="session")
def built(corpus: Corpus) -> Built:
    """Build the fictional corpus once."""
    return build(corpus)


@pytest.fixture(scope="session")
def store(built: Built) -> Store:
    """Open the fictional graph in memory."""
    return Store.in_memory(built.nquads, built.manifest)
