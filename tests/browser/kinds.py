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
#: The pages of which the documentation shows a picture: name of the file, address and what there is to see.
PICTURED = {
    "home": ("/", "The first page: three doors, and a table of causes and outcomes whose cells hold numbers of cases."),
    "cases": ("/cases?event=withdrawal", "The list of cases with withdrawal, facets with counts beside it."),
    "case": ("/cases/mohammed-2004/1", "One case: its title, event, story, and facts of the patient."),
    "timeline": ("/cases/mohammed-2004/1#course", "The course of a case: a timeline, and the same as a table."),
    "links": ("/links?rows=cause&columns=outcome", "Causes and outcomes linked: choices, a sentence, counts."),
    "graph": ("/graph", "A network from causes to outcomes, and the list of its classes."),
    "ask": ("/ask", "The saved questions."),
    "question": ("/ask/deaths", "One saved question: its form and its answer as a table."),
    "sparql": ("/ask/sparql", "The editor for queries."),
    "words": ("/words?branch=Cause", "The words below cause as a tree, with the number of cases."),
    "word": ("/words/Seizure", "One word: its place, definition, mappings, and in how many cases it is."),
    "guidance": ("/guidance", "The guidance documents, alarms and steps."),
    "document": ("/guidance/emergency-procedure", "A guidance document: its steps in order, with sources."),
    "teach": ("/teach", "The teaching cases with objectives, level and time."),
    "player": ("/teach/mohammed-2004-1", "The player of a teaching case: its first part and a question."),
    "data": ("/data", "The page on the data: formats to download, with what each cannot hold."),
    "problem": ("/cases/mohammed-2004/9", "A wrong address: what was not found, and the nearest name as a link."),
}
