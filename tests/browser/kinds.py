"""One page of every type."""

#: An address of each type of page.
PAGES = {
    "home": "/",
    "cases": "/cases?event=withdrawal&finding=seizure",
    "no cases": "/cases?event=withdrawal&year=1800",
    "case": "/cases/mohammed-2004/1",
    "links": "/links",
    "graph": "/graph",
    "ask": "/ask",
    "question": "/ask/deaths",
    "words": "/words",
    "search": "/words?q=pump",
    "tree": "/words?branch=Cause",
    "word": "/words/Seizure",
    "guidance": "/guidance",
    "document": "/guidance/emergency-procedure",
    "teach": "/teach",
    "data": "/data",
    "problem": "/cases/mohammed-2004/9",
}
