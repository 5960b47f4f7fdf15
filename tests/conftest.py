"""Shared fixtures: the real ontology with a small corpus of fictional cases, so that curating breaks no unit test."""

from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, sync_playwright
from rdflib import Graph

from itbkg.building import Built, build, build_in_memory
from itbkg.exports import PRODUCTS, ontology_document
from itbkg.settings import Corpus
from itbkg.store import Store
from itbkg.teaching.lesson import Lesson
from itbkg.teaching.making import Workshop
from itbkg.teaching.reading import read_teaching
from itbkg.terms import Glossary
from itbkg.vocabulary import Vocabulary
from itbkg_api.app import create_app
from tests.extended import extend
from tests.programs import program

hypothesis.settings.register_profile("itbkg", deadline=None)  # a busy machine is no failure
hypothesis.settings.load_profile("itbkg")

TESTS = Path(__file__).resolve().parent
PROJECT = TESTS.parent
FICTIONAL = TESTS / "fictional"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Debian's Chromium once: Playwright keeps one loop, so a second start in this process would be refused."""
    path = program("chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """Read the project's ontology once."""
    return Vocabulary.read(PROJECT / "ontology")


@pytest.fixture(scope="session")
def document(vocabulary: Vocabulary) -> Graph:
    """Make the ontology's one document once."""
    return ontology_document(vocabulary.graph)


@pytest.fixture(scope="session")
def contents(document: Graph) -> dict[str, bytes]:
    """Write each form of the ontology once, by name."""
    return {form.name: form.write(document) for form in PRODUCTS["ontology"]}


def fictional_corpus(root: Path) -> Corpus:
    """Put the fictional records into a folder, beside the project's ontology."""
    (root / "ontology").symlink_to(PROJECT / "ontology", target_is_directory=True)
    for folder, records in (("cases", FICTIONAL), *((kind, FICTIONAL / kind) for kind in ("guidance", "published"))):
        (root / "data" / folder).mkdir(parents=True)
        for path in records.glob("*.yaml"):
            (root / "data" / folder / path.name).write_bytes(path.read_bytes())
    return Corpus(root)


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Put the fictional records beside the project's ontology."""
    return fictional_corpus(tmp_path_factory.mktemp("corpus"))


@pytest.fixture(scope="session")
def built(corpus: Corpus) -> Built:
    """Build the fictional corpus once."""
    return build(corpus)


@pytest.fixture(scope="session")
def store(built: Built) -> Store:
    """Open the fictional graph in memory."""
    return Store.in_memory(built.nquads, built.manifest)


@pytest.fixture(scope="session")
def real_built() -> Built:
    """Build the whole corpus once: for what must hold of the published cases."""
    return build(Corpus(PROJECT))


@pytest.fixture(scope="session")
def real_store(real_built: Built) -> Store:
    """Open the graph of the whole corpus in memory."""
    return Store.in_memory(real_built.nquads, real_built.manifest)


@pytest.fixture(scope="session")
def larger(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Put the added words beside those of the ontology."""
    return extend(corpus, tmp_path_factory.mktemp("extended"))


@pytest.fixture(scope="session")
def opened(larger: Corpus) -> Store:
    """Build the corpus with the added words."""
    return build_in_memory(larger)


@pytest.fixture(scope="session")
def client(opened: Store, larger: Corpus) -> TestClient:
    """Talk to the application without a socket; it follows no redirect by itself."""
    application = create_app(opened, larger.questions)
    return TestClient(application, raise_server_exceptions=False, follow_redirects=False)


@pytest.fixture(scope="session")
def glossary(opened: Store, larger: Corpus) -> Glossary:
    """Open the same terms without HTTP."""
    return Glossary(opened, larger.ontology)


@pytest.fixture(scope="session")
def workshop(real_store: Store) -> Workshop:
    """Make lessons from the graph of the whole corpus."""
    return Workshop(real_store, PROJECT / "ontology" / "questions")


@pytest.fixture(scope="session")
def lessons(workshop: Workshop) -> tuple[Lesson, ...]:
    """Make a few curated lessons: the Pittsburgh case, an overdose and an underdose."""
    names = ("mohammed-2004-1", "sgouros-2010-1", "vaidyanathan-2003-1")
    return tuple(read_teaching(PROJECT / "data" / "teaching" / f"{name}.yaml", workshop)[1] for name in names)


@pytest.fixture(scope="session")
def lesson(lessons: tuple[Lesson, ...]) -> Lesson:
    """Give the Pittsburgh case as a lesson."""
    return lessons[0]
