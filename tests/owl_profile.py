"""Ask the OWL API, which lies inside owlready2's HermiT.jar, whether documents are in the OWL 2 DL profile.

A program of its own, because a Java machine inside the tests' process would take over its signals. Prints JSON: by
file, the violations in the OWL API's words.
"""

import json
import sys
from pathlib import Path
from typing import Any

import jpype
import owlready2

from itbkg.reasoning.hermit import find_java

HERMIT = Path(owlready2.__file__).parent / "hermit" / "HermiT.jar"
OWL_API = "org.semanticweb.owlapi"


def start() -> None:
    """Start the Java machine that HermiT runs on."""
    java = find_java()
    assert java is not None, "no Java; install the project's extra 'test'"
    machine = next(java.resolve().parents[1].rglob("libjvm.*"))
    jpype.startJVM(str(machine), classpath=[str(HERMIT)])


def violations(path: str) -> list[str]:
    """Name what keeps a document out of OWL 2 DL (OWL 2 Structural Specification, sections 3 and 11), each once."""
    manager: Any = jpype.JClass(f"{OWL_API}.apibinding.OWLManager").createOWLOntologyManager()
    document = manager.loadOntologyFromOntologyDocument(jpype.JClass("java.io.File")(path))
    report = jpype.JClass(f"{OWL_API}.profiles.OWL2DLProfile")().checkOntology(document)
    found = sorted({str(violation) for violation in report.getViolations()})
    assert bool(report.isInProfile()) == (not found)
    return found


if __name__ == "__main__":
    start()
    sys.stdout.write(json.dumps({path: violations(path) for path in sys.argv[1:]}))
