"""Teaching cases: a published case as a story that unfolds, with questions whose keys the graph computes."""
