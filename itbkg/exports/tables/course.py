"""The tables of what happened in a case, in their order."""

from rdflib import RDF

from itbkg.exports.tables.acts import INVESTIGATIONS, RESPONSES, RESULTS, TREATMENTS
from itbkg.exports.tables.causes import BASES, CAUSES, CONSIDERED, DELAYS, LINKS, OUTCOMES
from itbkg.exports.tables.findings import FINDINGS, MEASUREMENTS, POSSIBLE
from itbkg.namespaces import ITB

COURSE_TABLES = (
    *(FINDINGS, MEASUREMENTS, POSSIBLE, TREATMENTS, RESPONSES, INVESTIGATIONS, RESULTS, CONSIDERED, DELAYS),
    *(CAUSES, LINKS, BASES, OUTCOMES),
)
#: Properties that the shape of these tables holds, or that say again what other cells say.
SHAPE = (
    *(ITB.hasFinding, ITB.hasAbsence, ITB.hasMeasurement, ITB.hasTreatment, ITB.hasResponse, ITB.hasInvestigation),
    *(ITB.considered, ITB.hasDelay, ITB.hasCause, ITB.hasCausalAssertion, ITB.hasOutcome, ITB.leadsTo, RDF.type),
)
