"""The JSON-LD context, read from the ontology: a term for each property, with the datatype that its values have."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from rdflib import OWL, RDF, RDFS, SKOS, XSD
from rdflib.namespace import DCTERMS

from itbkg.namespaces import BASE, CASE, ITB, ONTOLOGY_GRAPH, PUBLICATION, UNIT
from itbkg.store import Store

_PROPERTIES = """
PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?property ?kind ?range ?ontology WHERE {
  GRAPH ?ontology {
    VALUES ?kind { owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty }
    ?property a ?kind . OPTIONAL { ?property rdfs:range ?range }
  }
} ORDER BY ?property ?kind ?range
"""
_ITB = f"{BASE}ont/"
_PREFIXES = {
    "itb": _ITB,
    "cases": str(CASE),
    "publications": str(PUBLICATION),
    "units": str(UNIT),
    "owl": str(OWL),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "skos": str(SKOS),
    "dcterms": str(DCTERMS),
    "xsd": str(XSD),
}
#: Names beside those of our own properties; a property of ours with such a name would be written with its prefix.
_OTHERS: dict[str, Any] = {
    "id": "@id",
    "type": "@type",
    "label": {"@id": "rdfs:label"},
    "name": {"@id": "rdfs:label", "@language": "en"},
    "subClassOf": {"@id": "rdfs:subClassOf", "@type": "@id"},
    "subPropertyOf": {"@id": "rdfs:subPropertyOf", "@type": "@id"},
    "domain": {"@id": "rdfs:domain", "@type": "@id"},
    "range": {"@id": "rdfs:range", "@type": "@id"},
    "comment": {"@id": "rdfs:comment", "@language": "en"},
    "definition": {"@id": "skos:definition", "@language": "en"},
    "altLabel": {"@id": "skos:altLabel", "@language": "en"},
    "prefLabel": {"@id": "skos:prefLabel"},
    "notation": {"@id": "skos:notation"},
    "source": {"@id": "dcterms:source", "@type": "@id"},
    "identifier": {"@id": "dcterms:identifier"},
}


@dataclass(frozen=True)
class Context:
    """A context: `document` is what stands below `@context`."""

    document: Mapping[str, Any]

    @cached_property
    def terms(self) -> Mapping[str, tuple[str, str]]:
        """Return by the IRI of a property its term, and what its plain values are: a datatype, `@id`, or empty."""
        found = ((name, told) for name, told in self._told() if "@language" not in told)
        return {self._whole(told["@id"]): (name, self._whole(told.get("@type", ""))) for name, told in found}

    @cached_property
    def in_languages(self) -> Mapping[tuple[str, str], str]:
        """Return the term for texts of one language, by the IRI of the property and the language."""
        found = ((name, told) for name, told in self._told() if "@language" in told)
        return {(self._whole(told["@id"]), told["@language"]): name for name, told in found}

    @cached_property
    def _prefixes(self) -> Sequence[tuple[str, str]]:
        return [(name, iri) for name, iri in self.document.items() if isinstance(iri, str) and not iri.startswith("@")]

    def compact(self, iri: str) -> str:
        """Shorten an IRI by a prefix, where one fits."""
        fits = next(((name, start) for name, start in self._prefixes if iri.startswith(start)), None)
        return f"{fits[0]}:{iri.removeprefix(fits[1])}" if fits else iri

    def _told(self) -> Iterator[tuple[str, dict[str, str]]]:
        return ((name, told) for name, told in self.document.items() if isinstance(told, dict))

    def _whole(self, short: str) -> str:
        prefix, colon, rest = short.partition(":")
        return f"{_PREFIXES[prefix]}{rest}" if colon else short


def read_context(store: Store) -> Context:
    """Read the context from the ontology in a store."""
    ranges: dict[str, set[str]] = defaultdict(set)
    objects = set()
    for prop, kind, found, _ in store.select(_PROPERTIES, ontology=str(ONTOLOGY_GRAPH)).texts():
        ranges[prop].add(found)
        objects |= {prop} if kind == str(OWL.ObjectProperty) else set()
    own = {prop.removeprefix(_ITB): prop for prop in sorted(ranges) if prop.startswith(_ITB)}
    terms = {name: _term(name, ranges[prop], is_object=prop in objects) for name, prop in own.items()}
    return Context(_PREFIXES | {name: told for name, told in terms.items() if name not in _PREFIXES} | _OTHERS)


def frame(context: Context) -> dict[str, Any]:
    """Return the frame (https://www.w3.org/TR/json-ld11-framing/) that makes a tree of each case of a JSON-LD file."""
    return {"@context": context.document, "type": context.compact(str(ITB.Case)), "@embed": "@once"}


def _term(name: str, ranges: set[str], *, is_object: bool) -> dict[str, str]:
    datatype = next(iter(ranges)) if len(ranges) == 1 else ""
    if is_object:
        return {"@id": f"itb:{name}", "@type": "@id"}
    if datatype.startswith(str(XSD)) and datatype != str(XSD.string):
        return {"@id": f"itb:{name}", "@type": f"xsd:{datatype.removeprefix(str(XSD))}"}
    return {"@id": f"itb:{name}"}
