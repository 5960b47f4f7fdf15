"""What guidance advises as facts: each statement of a document beside what was done in a case."""

from collections.abc import Sequence

from itbkg.cases.readable import readable_time
from itbkg.guidance import Beside, Deed
from itbkg.naming import slug
from itbkg.teaching.pieces import Piece, make_fact


def guidance_pieces(document: str, laid: Sequence[Beside]) -> dict[str, Piece]:
    """Lay what a document advises for the events of a case beside what was done."""
    rows = [row for row in laid if row.document == document]
    pieces = [_step(document, row) for row in rows]
    return {piece.fact.id: piece for piece in pieces}


def _step(document: str, row: Beside) -> Piece:
    name = slug(f"{row.advice} {row.act}")
    step = f"step {row.step}: " if row.step is not None else ""
    act = row.act if row.sense == "advised" else f"against {row.act}"
    when = f" ({row.condition[:1].lower()}{row.condition[1:]})" if row.condition else ""
    deeds = ", ".join(_when(deed) for deed in row.deeds)
    done = f"{row.state}: {deeds}" if deeds else row.state
    text = f"{step}{act}{when}. In this case: {done}"
    fact = make_fact(f"guidance/{document}/{name}", "guidance", text, label=row.act, value=row.state, place=document)
    return Piece(fact)


def _when(deed: Deed) -> str:
    time = readable_time(deed.earliest_hours, deed.latest_hours)
    return f"{deed.label} at {time}" if time else deed.label
