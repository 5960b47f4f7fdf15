"""What every file of a QTI package needs: namespaces, identifiers, and HTML as elements."""

import hashlib
import re
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from itbkg.teaching.formats.quiz import clean

ITEMS = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_ASI_SCHEMA = "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0_v1p0.xsd"
_NO_IDENTIFIER = re.compile(r"[^A-Za-z0-9_-]+")
_LONGEST = 60
#: Players built on templates run what stands in double braces; a word joiner between them is not seen.
_BRACES, _JOINED = re.compile(r"\{(?=\{)"), "{\u2060"


@dataclass(frozen=True, slots=True)
class Item:
    """A file of a package: identifier, path inside it, and content."""

    identifier: str
    path: str
    content: ET.Element


def root(tag: str, attributes: dict[str, str]) -> ET.Element:
    """Begin a document of the namespace of items and tests."""
    return ET.Element(
        tag,
        {
            "xmlns": ITEMS,
            "xmlns:xsi": _XSI,
            "xsi:schemaLocation": f"{ITEMS} {_ASI_SCHEMA}",
            **attributes,
            "xml:lang": "en",
        },
    )


def identifier(kind: str, name: str) -> str:
    """Make an identifier of an id: a letter first, and no two alike where letters had to be left out."""
    plain = _NO_IDENTIFIER.sub("-", name)
    if plain == name and len(name) <= _LONGEST:
        return f"{kind}-{name}"
    return f"{kind}-{plain[:_LONGEST]}-{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def step_identifier(rank: int | None) -> str:
    """Make the identifier of a step of an order; None is no step."""
    return "step-none" if rank is None else f"step-{rank}"


def add(above: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    """Add an element; an underscore in the name of an attribute stands for a hyphen."""
    element = ET.SubElement(above, tag, {name.replace("_", "-"): clean(value) for name, value in attributes.items()})
    element.text = text or None
    return element


def add_html(above: ET.Element, html: str) -> None:
    """Add HTML that is well-formed XML, as that of `quiz` is."""
    content = ET.fromstring(f"<div>{html}</div>")  # noqa: S314 - ours, every text in it escaped
    above.text = content.text
    above.extend(content)


def serialize(element: ET.Element) -> bytes:
    """Write a document, in UTF-8, in which no two opening braces stand side by side."""
    for part in element.iter():
        part.text, part.tail = _inert(part.text), _inert(part.tail)
        part.attrib.update({name: _inert(value) or "" for name, value in part.attrib.items()})
    return bytes(ET.tostring(element, encoding="utf-8", xml_declaration=True))


def _inert(text: str | None) -> str | None:
    return _BRACES.sub(_JOINED, text) if text else text
