"""Many cases: the graph of a fictional one, with what was inferred of it, under other names."""

from collections.abc import Iterator

#: What tells a line about a record from one about a word.
_RECORDED = (
    b"itbkg/case/",
    b"itbkg/publication/",
    b"itbkg/guidance/",
    b"itbkg/published/",
    b"itbkg/cohort/",
    b"graph/p",
)


def many_cases(nquads: bytes, case: str, size: int) -> Iterator[bytes]:
    """Yield N-Quads: the words, then so many copies of a case (`moe-1904/1`), each of a publication of its own."""
    lines = nquads.splitlines(keepends=True)
    publication, number = (part.encode() for part in case.split("/"))
    names = b"case/%s/%s" % (publication, number), b"/%s" % publication
    yield b"".join(line for line in lines if not any(kind in line for kind in _RECORDED))
    template = b"".join(line for line in lines if any(name in line for name in names))
    for made in range(size):
        yield template.replace(publication, b"made-%07d" % made)
