"""Runs of nine words, hashed, so that a copied sentence can be told without keeping the text that it was copied from.

`tests/sources/shingles.txt` holds the hashes of all runs of nine words of the source documents. It is made anew, where
the documents are at hand, with `scripts/shingles DOCUMENT...`; the tests need the file alone.
"""

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path

#: A run of more than eight words is a sentence of somebody else.
RUN = 9
KEPT = Path(__file__).resolve().parent / "sources" / "shingles.txt"


def words(text: str) -> list[str]:
    """Split a text into its words: small letters and figures, without accents and punctuation; 12.1 is one word."""
    letters = unicodedata.normalize("NFKD", text)
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.findall(r"[0-9]+(?:[.,][0-9]+)*|[^\W_]+", plain.casefold())


def shingles(text: str) -> Iterator[tuple[str, str]]:
    """Yield each run of nine words with its hash: 8 bytes of BLAKE2b, as hexadecimal figures."""
    split = words(text)
    for start in range(len(split) - RUN + 1):
        run = " ".join(split[start : start + RUN])
        yield run, blake2b(run.encode(), digest_size=8).hexdigest()


@cache
def kept() -> frozenset[str]:
    """Read the hashes of the source documents."""
    return frozenset(KEPT.read_text("ascii").split())


def readings(text: str) -> tuple[str, str]:
    """Read a hyphen at the end of a line both ways: as a word that goes on, and as a word with a hyphen."""
    return re.sub(r"-\s*\n\s*", "", text), text


def write(documents: Iterable[Path]) -> int:
    """Write the hashes of some documents, in order; return how many there are."""
    texts = [text for document in documents for text in readings(document.read_text("utf-8"))]
    hashes = sorted({digest for text in texts for _, digest in shingles(text)})
    KEPT.write_text("".join(f"{digest}\n" for digest in hashes), "ascii")
    return len(hashes)


if __name__ == "__main__":
    sys.stdout.write(f"{write(map(Path, sys.argv[1:]))} runs of {RUN} words\n")
