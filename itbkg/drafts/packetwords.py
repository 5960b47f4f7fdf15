"""What all parts of a Phenopacket are read with: words, quantities and times, and a list of what was left out."""

from itbkg.drafts import times
from itbkg.drafts.draft import Part, Unplaced
from itbkg.drafts.lookup import OWN, Lookup
from itbkg.drafts.tree import Node

#: A text of a line is no longer.
MOST_LETTERS = 300


class PacketWords:
    """Reads the small parts of one packet; `unplaced` gathers what had no place, `clocks` from what times count."""

    def __init__(self, path: str, root: Node, lookup: Lookup) -> None:
        self.path, self.root, self.lookup = path, root, lookup
        self.unplaced: list[Unplaced] = []
        self.clocks: list[str] = []

    def word(self, node: Node, *branches: str) -> str:
        """Read an ontology class as a word of ours; what is none is told, and the rest of its line with it."""
        code, label = (str(node.key(name).value or "") for name in ("id", "label"))
        if not code and not label:
            return ""
        word = self.lookup.word(code, label, branches)
        node.take()
        if not word:
            self.leave(node.place, f"{code} {label}".strip(), self.lookup.why_not(code, label, branches))
        return word

    def optional(self, key: str, node: Node, branch: str) -> Part:
        """Read an ontology class that a line may do without."""
        return {key: word} if (word := self.word(node, branch)) else {}

    def time(self, node: Node) -> Part:
        """Read a time, and note from which moment it counts."""
        found, clock = times.moment(node)
        if clock and (word := self.lookup.word("", clock, ("Clock",))):
            self.clocks.append(word)
        return found

    def detail(self, node: Node) -> Part:
        """Read a description that is short enough for a line."""
        text = node.key("description")
        return {"detail": text.text()} if isinstance(text.value, str) and 0 < len(text.value) <= MOST_LETTERS else {}

    def shown(self, node: Node) -> str:
        """Name an ontology class as a person would."""
        return str(node.key("label").value or node.key("id").value or "")

    def leave(self, place: str, value: str, why: str) -> None:
        """Tell that something has no place in the record."""
        self.unplaced.append(Unplaced(self.path, place, value, why))

    def quantity(self, node: Node) -> str:
        """Read a number and its UCUM unit; empty where the unit is none of ours."""
        code = str(node.key("unit").key("id").value or "").removeprefix("UCUM:")
        if not node or code not in self.lookup.vocabulary.units:
            return ""
        number = node.key("value").number()
        node.key("unit").take()
        return f"{number} {code}" if number else ""

    def is_therapy(self, node: Node) -> bool:
        """Say whether an action is the therapy itself."""
        return bool(node.key("treatment").key("agent").key("id").value == f"{OWN}Therapy")
