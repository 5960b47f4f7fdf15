"""Writes the expected answers of the saved questions anew: `python -m tests.write_expected`.

They are the answers on the records of tests/fictional, nothing being set. Afterwards read every row that changed
against those records: a test that expects what the code says proves nothing.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from itbkg.building import build_in_memory
from itbkg.questions import Question, bound_query, read_questions
from itbkg.store import Store
from tests.conftest import PROJECT, TESTS, fictional_corpus

EXPECTED = TESTS / "expected"


def answer_text(store: Store, question: Question) -> str:
    """Answer a question, nothing being set, as CSV with plain line ends."""
    query = bound_query(store, question, {})
    return store.answer(query, table="csv").decode("utf-8").replace("\r\n", "\n")


def write() -> None:
    """Write a file for each question, and remove those of questions that are gone."""
    questions = read_questions(PROJECT / "ontology" / "questions")
    with TemporaryDirectory() as folder:
        store = build_in_memory(fictional_corpus(Path(folder)))
    for path in EXPECTED.glob("*.csv"):
        path.unlink()
    for name, question in questions.items():
        (EXPECTED / f"{name}.csv").write_text(answer_text(store, question), "utf-8")


if __name__ == "__main__":
    write()
