"""The tests: a package of its own name, for others install one called `tests` too."""
