"""The vocabularies that codes are taken from: what a reader needs to resolve them, in Phenopackets and in FHIR."""

from dataclasses import dataclass

from itbkg.namespaces import BASE

#: Said of a vocabulary whose release the mappings do not name.
UNSTATED = "release not stated"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A vocabulary: its name, page, the beginning of its IRIs, and its `system` in FHIR (terminology.hl7.org)."""

    prefix: str
    name: str
    url: str
    iri: str
    system: str


_OBO = "http://purl.obolibrary.org/obo/"
VOCABULARIES = {
    one.prefix: one
    for one in (
        Vocabulary("HP", "Human Phenotype Ontology", f"{_OBO}hp.owl", f"{_OBO}HP_", "http://human-phenotype-ontology.org"),
        Vocabulary("MONDO", "Mondo Disease Ontology", f"{_OBO}mondo.owl", f"{_OBO}MONDO_", f"{_OBO}mondo.owl"),
        Vocabulary("CHEBI", "Chemical Entities of Biological Interest", f"{_OBO}chebi.owl", f"{_OBO}CHEBI_",
                   f"{_OBO}chebi.owl"),
        Vocabulary("MAXO", "Medical Action Ontology", f"{_OBO}maxo.owl", f"{_OBO}MAXO_", f"{_OBO}maxo.owl"),
        Vocabulary("ECO", "Evidence and Conclusion Ontology", f"{_OBO}eco.owl", f"{_OBO}ECO_", f"{_OBO}eco.owl"),
        Vocabulary("NCIT", "NCI Thesaurus", f"{_OBO}ncit.owl", f"{_OBO}NCIT_",
                   "http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl"),
        Vocabulary("LOINC", "Logical Observation Identifiers Names and Codes", "https://loinc.org", "https://loinc.org/",
                   "http://loinc.org"),
        Vocabulary("RXNORM", "RxNorm", "https://www.nlm.nih.gov/research/umls/rxnorm",
                   "http://purl.bioontology.org/ontology/RXNORM/", "http://www.nlm.nih.gov/research/umls/rxnorm"),
        Vocabulary("IMDRF", "IMDRF adverse event terminology", "https://www.imdrf.org", f"{BASE}imdrf/",
                   f"{BASE}imdrf"),
        Vocabulary("UCUM", "Unified Code for Units of Measure", "https://ucum.org", "https://ucum.org/",
                   "http://unitsofmeasure.org"),
        Vocabulary("skos", "Simple Knowledge Organization System", "https://www.w3.org/TR/skos-reference/",
                   "http://www.w3.org/2004/02/skos/core#", "http://www.w3.org/2004/02/skos/core"),
        Vocabulary("itb", "Intrathecal baclofen therapy failure ontology", f"{BASE}ont", f"{BASE}ont/", f"{BASE}ont"),
        Vocabulary("itbkg", "itbkg", BASE.rstrip("/"), BASE, BASE.rstrip("/")),
        Vocabulary("itbtime", "Times of a case, counted from its clock zero", f"{BASE}time", f"{BASE}time/",
                   f"{BASE}time"),
    )
}  # fmt: skip
