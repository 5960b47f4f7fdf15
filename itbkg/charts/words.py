"""The words around a chart."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """What stands around a chart: its name, a title with n and N, what they are, and notes such as warnings.

    The name is a slug that tells the charts of a page apart.
    """

    name: str
    title: str
    subtitle: str
    notes: tuple[str, ...] = ()
