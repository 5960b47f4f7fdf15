"""A publication for the tools that keep references: BibTeX, RIS and CSL-JSON.

BibTeX as in the manual of version 0.99d; RIS as its tags are used for journal articles (type JOUR); CSL-JSON as in the
schema of Citation Style Language 1.0.2.
"""

import json
from collections.abc import Iterator, Mapping

from itbkg.cases.account import Reference

#: What means something in BibTeX, and how it is written to stand for itself.
_SPECIAL: Mapping[str, str] = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
}


def to_bibtex(reference: Reference) -> str:
    """Write an entry; its title keeps its capitals."""
    fields = {
        "author": " and ".join(", ".join(_parted(name)) for name in _names(reference)),
        "title": reference.title,
        "journal": reference.journal,
        "year": str(reference.year or ""),
        "volume": reference.volume,
        "number": reference.issue,
        "pages": reference.pages.replace("-", "--"),
        "doi": reference.doi,
        "pmid": reference.pmid,
        "url": reference.address,
    }
    told = {name: "".join(_SPECIAL.get(sign, sign) for sign in text) for name, text in fields.items() if text}
    if "title" in told:
        told["title"] = f"{{{told['title']}}}"
    lines = [f"  {name} = {{{text}}}" for name, text in told.items()]
    return ",\n".join([f"@article{{{reference.id}", *lines]) + "\n}"


def to_ris(reference: Reference) -> str:
    """Write a record, a line for each tag."""
    first, _, last = reference.pages.partition("-")
    tags = [
        ("TY", "JOUR"),
        *(("AU", ", ".join(_parted(name))) for name in _names(reference)),
        ("TI", reference.title),
        ("JO", reference.journal),
        ("PY", str(reference.year or "")),
        ("VL", reference.volume),
        ("IS", reference.issue),
        ("SP", first),
        ("EP", last),
        ("DO", reference.doi),
        ("AN", f"PMID:{reference.pmid}" if reference.pmid else ""),
        ("UR", reference.address),
    ]
    return "\n".join([f"{tag}  - {text}" for tag, text in tags if text] + ["ER  - "])


def to_csl(reference: Reference) -> str:
    """Write a list of one item."""
    item = {
        "id": reference.id,
        "type": "article-journal",
        "author": [_csl_name(name) for name in _names(reference)],
        "title": reference.title,
        "container-title": reference.journal,
        "issued": {"date-parts": [[reference.year]]} if reference.year else None,
        "volume": reference.volume,
        "issue": reference.issue,
        "page": reference.pages,
        "DOI": reference.doi,
        "PMID": reference.pmid,
        "PMCID": reference.pmcid,
        "URL": reference.address,
    }
    return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=1)


def _names(reference: Reference) -> Iterator[str]:
    return (name.strip() for name in reference.authors.split(",") if name.strip())


def _parted(name: str) -> tuple[str, ...]:
    """Part `Al Araj A` into family name and initials; a name without initials, as of a group, stays whole."""
    family, _, initials = name.rpartition(" ")
    return (family, initials) if family and initials.isupper() else (name,)


def _csl_name(name: str) -> Mapping[str, str]:
    parts = _parted(name)
    return dict(zip(("family", "given"), parts, strict=True)) if len(parts) > 1 else {"literal": name}
