"""The manifest of a QTI package, and the test that puts its items in order."""

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from itbkg.teaching.formats.qtiwords import Item, add, identifier, root
from itbkg.teaching.formats.quiz import clean
from itbkg.teaching.lesson import Lesson

_PACKAGE = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
#: Types of resources (QTI 3.0 implementation guide, packaging).
_ITEM, _TEST = "imsqti_item_xmlv3p0", "imsqti_test_xmlv3p0"


def manifest(lesson: Lesson, path: str, items: Sequence[Item]) -> ET.Element:
    """List the files of a package: the test at a path, which depends on the items, and the items."""
    top = ET.Element("manifest", {"xmlns": _PACKAGE, "identifier": identifier("package", lesson.id)})
    about = add(top, "metadata")
    add(about, "schema", "QTI Package")
    add(about, "schemaversion", "3.0.0")
    add(top, "organizations")
    resources = add(top, "resources")
    whole = _resource(resources, identifier("test", lesson.id), _TEST, path)
    for item in items:
        add(whole, "dependency", identifierref=item.identifier)
        _resource(resources, item.identifier, _ITEM, item.path)
    return top


def test(lesson: Lesson, sections: Sequence[tuple[str, str, Sequence[Item]]]) -> ET.Element:
    """Put the items in order: linear, for a later part tells what an earlier one asks."""
    top = root(
        "qti-assessment-test",
        {"identifier": identifier("test", lesson.id), "title": clean(lesson.title)},
    )
    part = add(top, "qti-test-part", identifier="part", navigation_mode="linear", submission_mode="individual")
    add(part, "qti-item-session-control", max_attempts="0", show_feedback="true")
    for name, title, items in sections:
        section = add(
            part, "qti-assessment-section", identifier=identifier("section", name), title=title, visible="true"
        )
        for item in items:
            add(section, "qti-assessment-item-ref", identifier=item.identifier, href=item.path)
    return top


def _resource(above: ET.Element, unique: str, kind: str, path: str) -> ET.Element:
    resource = add(above, "resource", identifier=unique, type=kind, href=path)
    add(resource, "file", href=path)
    return resource
