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
    "query editor": "/ask/sparql",
    "endpoint": "/sparql",
    "words": "/words",
    "search": "/words?q=pump",
    "tree": "/words?branch=Cause",
    "word": "/words/Seizure",
    "guidance": "/guidance",
    "document": "/guidance/emergency-procedure",
    "teach": "/teach",
    "player": "/teach/mohammed-2004-1",
    "data": "/data",
    "problem": "/cases/mohammed-2004/9",
    "problems": "/problems",
    "kind of problem": "/problems/busy",
}
#: What gives HTML and is no page: a file to take along.
FILES = ("/teach/{name}/{form}",)
