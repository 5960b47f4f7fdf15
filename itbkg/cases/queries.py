"""What is asked of the graph to tell one case; each query is bound to the case, the last to a publication."""

from itbkg.store import PREFIX_LINES

HEAD = f"""{PREFIX_LINES}
SELECT ?case ?id ?title ?narrative ?clock ?episodes ?publication ?eventPlace WHERE {{
  ?case rdfs:label ?id ; itb:title ?title ; itb:narrative ?narrative ; itb:reportedIn ?publication .
  OPTIONAL {{ ?case itb:clock/rdfs:label ?clock }}
  OPTIONAL {{ ?case itb:episodes ?episodes }}
  OPTIONAL {{ ?case itb:hasEvent/itb:statedAt/rdfs:label ?eventPlace }}
}} ORDER BY ?eventPlace
"""

PATIENT = f"""{PREFIX_LINES}
SELECT ?case ?patient ?sex ?age ?ageMinimum ?ageMaximum ?detail ?printed ?discrepancy ?place WHERE {{
  ?case itb:hasPatient ?patient .
  ?patient itb:statedAt/rdfs:label ?place .
  OPTIONAL {{ ?patient itb:sex/rdfs:label ?sex }}
  OPTIONAL {{ ?patient itb:ageText ?age }}
  OPTIONAL {{ ?patient itb:ageMinimum ?ageMinimum }}
  OPTIONAL {{ ?patient itb:ageMaximum ?ageMaximum }}
  OPTIONAL {{ ?patient itb:detail ?detail }}
  OPTIONAL {{ ?patient itb:printedText ?printed }}
  OPTIONAL {{ ?patient itb:discrepancy ?discrepancy }}
}} ORDER BY ?patient
"""

THERAPY = f"""{PREFIX_LINES}
SELECT ?case ?therapy ?dose ?concentration ?pump ?monthsSinceImplant ?detail ?printed ?discrepancy ?place WHERE {{
  ?case itb:hasTherapy ?therapy .
  ?therapy itb:statedAt/rdfs:label ?place .
  OPTIONAL {{ ?therapy itb:valueText ?dose }}
  OPTIONAL {{ ?therapy itb:concentrationText ?concentration }}
  OPTIONAL {{ ?therapy itb:pumpModel/rdfs:label ?pump }}
  OPTIONAL {{ ?therapy itb:hoursSinceImplant ?hours . BIND(ROUND(?hours / 730.5) AS ?monthsSinceImplant) }}
  OPTIONAL {{ ?therapy itb:detail ?detail }}
  OPTIONAL {{ ?therapy itb:printedText ?printed }}
  OPTIONAL {{ ?therapy itb:discrepancy ?discrepancy }}
}} ORDER BY ?therapy
"""

#: Short texts of a case, or of its patient, by what they are.
LABELS = f"""{PREFIX_LINES}
SELECT ?case ?what ?label WHERE {{
  {{ ?case itb:hasEvent/rdfs:label ?label . BIND("event" AS ?what) }} UNION
  {{ ?case itb:circumstance ?label . BIND("circumstance" AS ?what) }} UNION
  {{ ?case itb:hasPatient/itb:hasCondition/rdfs:label ?label . BIND("condition" AS ?what) }} UNION
  {{ ?case itb:hasPatient/itb:ageGroup ?group . ?group rdfs:label ?label . BIND("age group" AS ?what) }} UNION
  {{ ?case itb:samePatientAs/rdfs:label ?label . BIND("same patient" AS ?what) }} UNION
  {{ ?case ^itb:samePatientAs/rdfs:label ?label . BIND("told again" AS ?what) }} UNION
  {{ ?case itb:distinctFrom/rdfs:label ?label . BIND("distinct" AS ?what) }}
}} ORDER BY ?what ?label
"""

COURSE = f"""{PREFIX_LINES}
SELECT ?case ?order ?statement ?kind ?label ?class ?earliest ?latest ?hospitalDay ?value ?reference ?interval ?route
       ?approach ?severity ?became ?detail ?printed ?discrepancy ?impliedBy ?place WHERE {{
  ?case ?property ?statement .
  VALUES (?property ?kind) {{
    (itb:hasFinding "finding") (itb:hasAbsence "absent") (itb:hasMeasurement "measurement")
    (itb:hasTreatment "treatment") (itb:hasInvestigation "investigation") (itb:considered "considered")
    (itb:hasDelay "delay") (itb:hasOutcome "outcome")
  }}
  ?statement rdfs:label ?label ; itb:statedAt/rdfs:label ?place .
  OPTIONAL {{ ?statement itb:statedClass ?present }}
  OPTIONAL {{ GRAPH ?told {{ ?case a itb:Case . ?statement itb:absentClass ?absent }} }}
  BIND(COALESCE(?present, ?absent) AS ?class)
  OPTIONAL {{ ?statement itb:storyOrder ?order }}
  OPTIONAL {{ ?statement itb:earliestHours ?earliest }}
  OPTIONAL {{ ?statement itb:latestHours ?latest }}
  OPTIONAL {{ ?statement itb:hospitalDay ?hospitalDay }}
  OPTIONAL {{ ?statement itb:valueText ?value }}
  OPTIONAL {{ ?statement itb:referenceText ?reference }}
  OPTIONAL {{ ?statement itb:interval ?interval }}
  OPTIONAL {{ ?statement itb:route/rdfs:label ?route }}
  OPTIONAL {{ ?statement itb:approach/rdfs:label ?approach }}
  OPTIONAL {{ ?statement itb:severity/rdfs:label ?severity }}
  OPTIONAL {{ ?statement itb:became/rdfs:label ?became }}
  OPTIONAL {{ ?statement itb:detail ?detail }}
  OPTIONAL {{ ?statement itb:printedText ?printed }}
  OPTIONAL {{ ?statement itb:discrepancy ?discrepancy }}
  OPTIONAL {{ ?statement itb:impliedBy/rdfs:label ?impliedBy }}
}} ORDER BY ?order ?kind ?statement
"""

RESPONSES = f"""{PREFIX_LINES}
SELECT ?case ?statement ?finding ?response WHERE {{
  ?case itb:hasTreatment|itb:hasTherapy ?statement .
  ?statement itb:hasResponse ?change .
  ?change rdfs:label ?response ; itb:aboutClass/rdfs:label ?finding .
}} ORDER BY ?statement ?finding ?response
"""

#: What an investigation showed, and what a measurement may be.
NAMED = f"""{PREFIX_LINES}
SELECT ?case ?property ?statement ?named WHERE {{
  VALUES ?property {{ itb:shows itb:possibleClass }}
  ?case itb:hasInvestigation|itb:hasMeasurement ?statement .
  ?statement ?property ?thing .
  ?thing rdfs:label ?named .
}} ORDER BY ?statement ?named
"""

LINKS = f"""{PREFIX_LINES}
SELECT ?case ?link ?cause ?effect ?certainty ?basis ?detail ?printed ?discrepancy ?place WHERE {{
  ?case itb:hasCausalAssertion ?link .
  ?link itb:assertedCause/rdfs:label ?cause ; itb:assertedEffect/rdfs:label ?effect ;
        itb:certainty/rdfs:label ?certainty ; itb:basis/rdfs:label ?basis ; itb:statedAt/rdfs:label ?place .
  OPTIONAL {{ ?link itb:detail ?detail }}
  OPTIONAL {{ ?link itb:printedText ?printed }}
  OPTIONAL {{ ?link itb:discrepancy ?discrepancy }}
}} ORDER BY ?link ?basis
"""

#: How to find publications that tell cases, and how they were read; of one, where it is bound.
PUBLICATIONS = f"""{PREFIX_LINES}
SELECT ?publication ?id ?title ?byline ?year ?journal ?volume ?issue ?pages ?doi ?pmid ?pmcid ?address ?licence
       ?reading ?review ?cited ?status ?secondary ?note WHERE {{
  {{ SELECT DISTINCT ?publication WHERE {{ ?case a itb:Case ; itb:reportedIn ?publication }} }}
  ?publication rdfs:label ?id ; itb:title ?title ; itb:readAs/rdfs:label ?reading ;
               itb:reviewStatus/rdfs:label ?review ; itb:citationStatus/rdfs:label ?cited .
  OPTIONAL {{ ?publication itb:byline ?byline }}
  OPTIONAL {{ ?publication itb:year ?year }}
  OPTIONAL {{ ?publication itb:journal ?journal }}
  OPTIONAL {{ ?publication itb:volume ?volume }}
  OPTIONAL {{ ?publication itb:issue ?issue }}
  OPTIONAL {{ ?publication itb:pages ?pages }}
  OPTIONAL {{ ?publication itb:doi ?doi }}
  OPTIONAL {{ ?publication itb:pmid ?pmid }}
  OPTIONAL {{ ?publication itb:pmcid ?pmcid }}
  OPTIONAL {{ ?publication itb:webAddress ?address }}
  OPTIONAL {{ ?publication itb:licence ?licence }}
  OPTIONAL {{ ?publication itb:publicationStatus/rdfs:label ?status }}
  OPTIONAL {{ ?publication itb:secondarySource ?secondary }}
  OPTIONAL {{ ?publication itb:note ?note }}
}} ORDER BY ?id
"""
