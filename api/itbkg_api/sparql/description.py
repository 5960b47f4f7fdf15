"""What the endpoint says of itself, and of its dataset.

SPARQL 1.1 Service Description (https://www.w3.org/TR/sparql11-service-description/) with statistics in VoID
(https://www.w3.org/TR/void/).
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from rdflib import RDF, SDO, VOID, Graph, Literal, Namespace, URIRef
from starlette.requests import Request
from starlette.responses import Response

from itbkg.limits import Limits
from itbkg_api.caching import content_tag, has_already, not_modified
from itbkg_api.negotiation import choose
from itbkg_api.sparql.forms import content_type
from itbkg_api.sparql.statistics import Statistics

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
FORMATS = Namespace("http://www.w3.org/ns/formats/")
DCTERMS = Namespace("http://purl.org/dc/terms/")
DATASET = URIRef("https://w3id.org/itbkg/dataset")
LICENCE = URIRef("https://creativecommons.org/licenses/by/4.0/")
_ANSWERS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "JSON-LD", "RDF_XML", "TriG", "N-Quads"),
)
#: The forms of the description by media type, and rdflib's name of each; a browser is shown a page.
FORMS: Mapping[str, str] = {
    "text/turtle": "turtle",
    "application/ld+json": "json-ld",
    "application/rdf+xml": "pretty-xml",
    "application/n-triples": "nt",
    "text/html": "html",
}
Triple = tuple[URIRef, URIRef, URIRef | Literal]


class Description:
    """Describes a service by its limits and the statistics of its dataset, which are counted when first asked for."""

    def __init__(
        self, limits: Limits, count: Callable[[], Statistics], page: Callable[[Request, "Description"], Response]
    ) -> None:
        self.limits = limits
        self._count = count
        self._page = page

    @cached_property
    def statistics(self) -> Statistics:
        """The counts of the dataset."""
        return self._count()

    def respond(self, request: Request) -> Response:
        """Describe the service in the form that the client asks for; 406 where it asks for none that there is."""
        media_type, form = choose(request.headers.get("accept"), FORMS)
        if form == "html":
            response = self._page(request, self)
        else:
            response = Response(self.write(str(request.url.replace(query="")), form))
        tag = content_tag(bytes(response.body))
        response.headers.update({"Vary": "Accept", "Cache-Control": "no-cache", "ETag": tag})
        if has_already(request, tag):
            return not_modified(response.headers)
        response.headers["Content-Type"] = content_type(media_type)
        return response

    def write(self, address: str, form: str) -> str:
        """Write the description of the service at an address, in a form of rdflib's."""
        graph = Graph()
        for prefix, namespace in (("sd", SD), ("void", VOID), ("dcterms", DCTERMS), ("formats", FORMATS)):
            graph.bind(prefix, namespace)
        for triple in (*self._service(URIRef(address)), *self._dataset(URIRef(address))):
            graph.add(triple)
        return graph.serialize(format=form)

    def _service(self, service: URIRef) -> Iterator[Triple]:
        yield service, RDF.type, SD.Service
        yield service, SD.endpoint, service
        yield service, SD.supportedLanguage, SD.SPARQL11Query
        yield service, SD.defaultDataset, DATASET
        yield service, DCTERMS.license, LICENCE
        yield from ((service, SD.resultFormat, FORMATS[name]) for name in _ANSWERS)
        for name, value in self.limits.items():
            limit = URIRef(f"{service}#limit-{name.replace('_', '-')}")
            yield service, SDO.additionalProperty, limit
            yield limit, RDF.type, SDO.PropertyValue
            yield limit, SDO.name, Literal(f"limit: {name.replace('_', ' ')}")
            yield limit, SDO.value, Literal(value)

    def _dataset(self, service: URIRef) -> Iterator[Triple]:
        counted, default = self.statistics, URIRef(f"{DATASET}#default-graph")
        yield from ((DATASET, RDF.type, kind) for kind in (SD.Dataset, VOID.Dataset))
        yield DATASET, VOID.sparqlEndpoint, service
        yield DATASET, DCTERMS.title, Literal("itbkg: published cases of intrathecal baclofen therapy going wrong")
        yield DATASET, DCTERMS.license, LICENCE
        yield DATASET, SD.defaultGraph, default
        yield default, RDF.type, SD.Graph
        for subject in (DATASET, default):
            yield subject, VOID.triples, Literal(counted.triples)
        yield DATASET, VOID.distinctSubjects, Literal(counted.subjects)
        yield DATASET, VOID.distinctObjects, Literal(counted.objects)
        yield DATASET, VOID.properties, Literal(counted.properties)
        yield DATASET, VOID.classes, Literal(len(counted.by_class))
        yield from _parts(DATASET, "class", VOID.classPartition, VOID["class"], VOID.entities, counted.by_class)
        yield from _parts(DATASET, "property", VOID.propertyPartition, VOID.property, VOID.triples, counted.by_property)
        for name, number in counted.by_graph:
            graph = URIRef(f"{name}#description")
            yield DATASET, SD.namedGraph, graph
            yield graph, RDF.type, SD.NamedGraph
            yield graph, SD.name, URIRef(name)
            yield graph, SD.graph, URIRef(f"{name}#triples")
            yield URIRef(f"{name}#triples"), RDF.type, SD.Graph
            yield URIRef(f"{name}#triples"), VOID.triples, Literal(number)


def _parts(
    dataset: URIRef, kind: str, part: URIRef, of: URIRef, measure: URIRef, counted: tuple[tuple[str, int], ...]
) -> Iterator[Triple]:
    """Yield a partition of the dataset for each class or property."""
    for number, (name, members) in enumerate(counted, 1):
        node = URIRef(f"{dataset}#{kind}-{number}")
        yield dataset, part, node
        yield node, of, URIRef(name)
        yield node, measure, Literal(members)
