"""The pages of which docs/pages.md shows pictures."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """A page with what there is to see, and the names of the buttons that are pressed before."""

    address: str
    seen: str
    pressed: tuple[str, ...] = ()


#: Each by the name of its files.
PICTURED = {
    "home": Picture("/", "The first page: three doors, and a table of causes and outcomes with numbers of cases."),
    "cases": Picture(
        "/cases?event=withdrawal&finding=seizure", "Cases with withdrawal and seizure, facets beside them."
    ),
    "nothing": Picture("/cases?event=withdrawal&year=1800", "No case: what each condition finds by itself."),
    "case": Picture("/cases/mohammed-2004/1", "One case: its story, the patient, and what caused it."),
    "timeline": Picture(
        "/cases/mohammed-2004/1#course",
        "The course of a case as a chart, above the same as a table.",
        ("Show the chart",),
    ),
    "advised": Picture("/cases/mohammed-2004/1#beside", "What is advised beside what was done, each with its source."),
    "links": Picture("/links?rows=cause&columns=outcome", "Causes and outcomes: choices, a sentence, and counts."),
    "graph": Picture("/graph", "A network from causes to outcomes, and the list of its classes."),
    "ask": Picture("/ask", "The saved questions, by the kind of answer that they give."),
    "question": Picture("/ask/deaths", "One saved question: its form, and its answer as a table."),
    "sparql": Picture("/ask/sparql", "The query editor with the answer to a query.", ("Run",)),
    "words": Picture("/words", "The branches of the words, the largest first."),
    "tree": Picture("/words?branch=Cause", "The words below cause as a tree, with numbers of cases."),
    "search": Picture("/words?q=pump", "What a search for pump finds."),
    "word": Picture("/words/Seizure", "One word: its place, its definition, and in how many cases it is."),
    "guidance": Picture("/guidance", "What is advised in an emergency, step by step."),
    "alarms": Picture("/guidance#alarms", "The alarms of the pump: how they sound, and what they ask for."),
    "document": Picture("/guidance/emergency-procedure", "One guidance document: its statements by kind."),
    "kind": Picture("/guidance?kind=contraindication", "All contraindications, each with its source."),
    "teach": Picture("/teach", "The teaching cases with level, time and objectives."),
    "player": Picture("/teach/mohammed-2004-1", "The player of a teaching case: its first part."),
    "data": Picture("/data", "What can be taken along, in which format."),
    "limits": Picture("/data#limits", "What the data cannot tell, with what is not reported."),
    "problem": Picture("/cases/mohammed-2004/9", "A wrong address: what was not found, and the nearest name."),
}
