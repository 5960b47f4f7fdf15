"""SHACL shapes (https://www.w3.org/TR/shacl/) over the view of one case, through pySHACL."""

from collections.abc import Iterator
from pathlib import Path

import pyshacl
from pyshacl.errors import ReportableRuntimeError
from rdflib import RDFS, SH, Graph, URIRef
from rdflib.term import Node

from itbkg.checks.results import Check, Finding, Group, Kind, message_parts, short
from itbkg.errors import OntologyError
from itbkg.namespaces import BASE
from itbkg.vocabulary.ontology import parse_turtle

_SHAPE = BASE + "shape/"
_KINDS = {SH.Violation: Kind.FAILURE, SH.Warning: Kind.REPORT, SH.Info: Kind.REPORT}
_TARGETS = (SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf)


class Shapes:
    """The shapes of a folder; those with a target and a message are checks, the others are parts of them."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        named = {shape for said in (*_TARGETS, SH.message) for shape in graph.subjects(said)}
        self.checks = tuple(_check(graph, shape) for shape in sorted(named, key=str))

    @classmethod
    def read(cls, folder: Path) -> "Shapes":
        """Read every file of a folder; OntologyError, naming it, for what cannot be used, and where there is none."""
        graph = Graph()
        for path in sorted(folder.glob("*.ttl")):
            parse_turtle(graph, path)
        if not graph:
            raise OntologyError(f"{folder}: no shape (*.ttl) in this folder; it belongs to the ontology's")
        return cls(graph)

    def breaches(self, view: Graph) -> Iterator[tuple[str, str, str]]:
        """Yield (name of the check, node, what stands there) for each breach of any check, in no order.

        All shapes are applied each time: pySHACL passes over the parts of those that it is told to apply alone.
        """
        report = self._report(view)
        for result in report.objects(None, SH.result):
            shape, node, value = (report.value(result, key) for key in (SH.sourceShape, SH.focusNode, SH.value))
            found = "" if value in (None, node) else short(str(value))
            yield str(shape).removeprefix(_SHAPE), short(str(node)), found

    def finding(self, check: Check, case: str, node: str, found: str) -> Finding:
        """Make a finding of a breach, with the shape's message."""
        message, mend = message_parts(str(self.graph.value(URIRef(_SHAPE + check.name), SH.message)))
        return Finding(case, node, found, message, mend)

    def _report(self, view: Graph) -> Graph:
        try:
            _, report, _ = pyshacl.validate(view, shacl_graph=self.graph, inference="none")
        except ReportableRuntimeError as error:
            raise OntologyError(f"a shape in ontology/shapes cannot be applied: {error}") from error
        if not isinstance(report, Graph):
            raise OntologyError(f"a shape in ontology/shapes cannot be applied: {report}")
        return report


def _check(graph: Graph, shape: Node) -> Check:
    label, message, severity = (graph.value(shape, key) for key in (RDFS.label, SH.message, SH.severity))
    targets = any((shape, target, None) in graph for target in _TARGETS)
    if None in (label, message) or severity not in _KINDS or not targets or not str(shape).startswith(_SHAPE):
        raise OntologyError(f"<{shape}> lacks its label, message, severity or target, or is not named <{_SHAPE}...>")
    return Check(str(shape).removeprefix(_SHAPE), Group.SHAPE, str(label), _KINDS[URIRef(str(severity))])
