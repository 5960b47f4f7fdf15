"""The libraries of H5P that a package plays with, each in the version that its content is written for."""

MAIN, QUESTION, TEXT = "H5P.BranchingScenario", "H5P.BranchingQuestion", "H5P.AdvancedText"

#: Major and minor version, from each library's own library.json; H5P knows no ranges.
LIBRARIES = {MAIN: (1, 10), QUESTION: (1, 0), TEXT: (1, 1), "FontAwesome": (4, 5)}


def ubername(library: str) -> str:
    """Name a library with its version, as content does: `H5P.AdvancedText 1.1`."""
    major, minor = LIBRARIES[library]
    return f"{library} {major}.{minor}"
