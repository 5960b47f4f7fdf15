"""Each graph format, read by a program that is not this project's: counts, identifiers, labels and one deep attribute.

The deep attribute is what vouches for the last link of a causal chain: that it is certain, and where that stands.
igraph is GPL, and the others' requirements would weigh on the product: each has an environment of its own.
"""

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import networkx as nx
import pyoxigraph as ox
import pytest

from itbkg.exports.format import FileFormat
from itbkg.exports.graphs import FORMATS
from itbkg.exports.propertygraph import Held, quads_of
from itbkg.exports.propertygraph.terms import to_id
from itbkg.exports.selection import select_all
from itbkg.namespaces import CASE
from itbkg.store import Store
from tests.consumers import consume, consumer
from tests.npm_consumers import npm_consumer, run_node

DOE = str(CASE["doe-1901/1"])
CAUSE, EVENT = f"{DOE}/cause/empty-reservoir", f"{DOE}/event/withdrawal"
#: What vouches for the link between them, and what they are called.
LINK = ["certain", "Case, 4", "empty reservoir", "withdrawal"]


@dataclass(frozen=True)
class Written:
    """Every format of the fictional graph, by name, with the ids of its nodes and the number of its edges."""

    paths: Mapping[str, Path]
    things: frozenset[str]
    links: int
    quads: frozenset[str]


@pytest.fixture(scope="module")
def written(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Written:
    """Write them once, and count without the property graph's help."""
    selection, folder, paths = select_all(store), tmp_path_factory.mktemp("graphs"), {}
    for form in FORMATS:
        paths[form.name] = folder / f"{form.name}{form.ending}"
        if isinstance(form, FileFormat):
            with paths[form.name].open("wb") as out:
                form.write(selection, out)
        else:
            paths[form.name].mkdir()
            form.write(selection, paths[form.name])
    quads = list(selection.quads())
    links = {quad.triple for quad in quads if isinstance(quad.object, ox.NamedNode)}
    things = {to_id(term) for triple in links for term in (triple.subject, triple.object)}
    things |= {to_id(quad.subject) for quad in quads}
    return Written(paths, frozenset(things), len(links), frozenset(map(str, quads)))


def agrees(written: Written, read: Mapping[str, Any]) -> None:
    """Hold what a program read against the graph; `link` is what it says of LINK."""
    assert set(read["ids"]) == written.things
    assert (len(read["ids"]), read["edges"]) == (len(written.things), written.links)
    assert read["link"] == LINK


@pytest.mark.parametrize("name", ["graphml", "graphml-simple", "gexf"])
def test_networkx(written: Written, name: str) -> None:
    """Networkx cannot read the file, or reads other things from it."""
    path = written.paths[name]
    graph = nx.read_gexf(path) if name == "gexf" else nx.read_graphml(path, force_multigraph=True)
    (link,) = graph[CAUSE][EVENT].values()
    labels = [graph.nodes[end]["label"] for end in (CAUSE, EVENT)]
    told = [link["certainty"], link["place"], *labels]
    agrees(written, {"ids": list(graph), "edges": graph.number_of_edges(), "link": told})
    numbers = [data["storyOrder"] for _, data in graph.nodes(data=True) if "storyOrder" in data]
    assert numbers
    assert {type(number) for number in numbers} == {int}


# igraph 1.0 leaves the `&` of an XML attribute as `&#38;`.
_IGRAPH = """
import html, igraph, json, sys
graph = igraph.Graph.Read_GraphML(sys.argv[1])
assert graph.is_directed()
names = [html.unescape(name) for name in graph.vs["id"]]
link = graph.es[graph.get_eid(names.index(sys.argv[2]), names.index(sys.argv[3]))]
ends = [graph.vs[end]["label"] for end in link.tuple]
print(json.dumps({"ids": names, "edges": graph.ecount(), "link": [link["certainty"], link["place"], *ends]}))
"""


@pytest.mark.parametrize("name", ["graphml", "graphml-simple"])
def test_igraph(written: Written, name: str) -> None:
    """Igraph refuses a type, an id or a character of the GraphML."""
    python = consumer("igraph", "igraph==1.0.0")
    agrees(written, json.loads(consume(python, _IGRAPH, written.paths[name], CAUSE, EVENT)))


_GRAPHOLOGY = """
const fs = require('fs'), gexf = require('graphology-gexf'), {Graph} = require('graphology');
const [path, cause, event] = process.argv.slice(2);
const graph = gexf.parse(Graph, fs.readFileSync(path, 'utf8'));
const link = graph.getEdgeAttributes(graph.edges(cause, event)[0]);
const ends = [cause, event].map(end => graph.getNodeAttribute(end, 'label'));
const told = [link.certainty, link.place, ...ends];
console.log(JSON.stringify({ids: graph.nodes(), edges: graph.size, link: told, type: graph.type, multi: graph.multi}));
"""


def test_graphology(written: Written) -> None:
    """Graphology cannot read the GEXF, or merges edges that run side by side."""
    packages = ("graphology@0.26.0", "graphology-gexf@0.13.2", "graphology-types@0.24.8")
    folder = npm_consumer("graphology", *packages)
    read = json.loads(run_node(folder, _GRAPHOLOGY, written.paths["gexf"], CAUSE, EVENT))
    agrees(written, read)
    assert (read["type"], read["multi"]) == ("directed", True)


_CYTOSCAPE = """
const fs = require('fs'), cytoscape = require('cytoscape');
const [path, cause, event] = process.argv.slice(2);
const graph = cytoscape({headless: true, elements: JSON.parse(fs.readFileSync(path)).elements});
const link = graph.getElementById(cause).edgesTo(graph.getElementById(event))[0];
const told = [link.data('certainty'), link.data('place'), link.source().data('name'), link.target().data('name')];
console.log(JSON.stringify({ids: graph.nodes().map(node => node.id()), edges: graph.edges().length, link: told,
  nodes: graph.nodes().map(node => [node.id(), node.data('literals')]),
  held: graph.edges().map(edge => ['source', 'predicate', 'target', 'graphs'].map(name => edge.data(name)))}));
"""


def test_cytoscape(written: Written) -> None:
    """Cytoscape.js drops elements of the Cytoscape JSON, or a quad cannot be got back from what it holds."""
    folder = npm_consumer("cytoscape", "cytoscape@3.34.0")
    read = json.loads(run_node(folder, _CYTOSCAPE, written.paths["cyjs"], CAUSE, EVENT))
    agrees(written, read)
    assert {str(quad) for quad in quads_of(read["nodes"], (Held(*edge) for edge in read["held"]))} == written.quads


_NDEX = """
import json, sys
from ndex2.cx2 import RawCX2NetworkFactory
with open(sys.argv[1]) as file:
    network = RawCX2NetworkFactory().get_cx2network(json.load(file))
nodes = {number: node["v"] for number, node in network.get_nodes().items()}
number = {node["represents"]: number for number, node in nodes.items()}
ends = [number[name] for name in sys.argv[2:4]]
(link,) = [edge["v"] for edge in network.get_edges().values() if [edge["s"], edge["t"]] == ends]
told = [link["certainty"], link["place"], *(nodes[end]["name"] for end in ends)]
print(json.dumps({"ids": list(number), "edges": len(network.get_edges()), "link": told}))
"""


def test_ndex2(written: Written) -> None:
    """The client of NDEx cannot read the CX2: a declaration, a number or an aspect is wrong."""
    python = consumer("ndex2", "ndex2==3.12.0")
    agrees(written, json.loads(consume(python, _NDEX, written.paths["cx2"], CAUSE, EVENT)))


_KUZU = """
import csv, json, kuzu, sys
folder, cause, event = sys.argv[1:4]
TYPES = {"string": "STRING", "boolean": "BOOLEAN", "long": "INT64", "double": "DOUBLE"}
READ = "(HEADER=true, AUTO_DETECT=false, QUOTE='\\"', ESCAPE='\\"', PARALLEL=false)"
def heads(name):
    with open(f"{folder}/{name}.csv", newline="") as file:
        return [head.partition(":")[::2] for head in next(csv.reader(file))]
def columns(some):
    return ", ".join(f"`{name or 'own_' + kind.lower()}` {TYPES.get(kind, 'STRING')}" for name, kind in some)
store = kuzu.Connection(kuzu.Database(sys.argv[4]))
store.execute(f"CREATE NODE TABLE Thing({columns(heads('nodes'))}, PRIMARY KEY(iri))")
store.execute(f"CREATE REL TABLE Link(FROM Thing TO Thing, {columns(heads('relationships')[2:])})")
store.execute(f"COPY Thing FROM '{folder}/nodes.csv' {READ}")
store.execute(f"COPY Link FROM '{folder}/relationships.csv' {READ}")
def ask(query, **given):
    return store.execute(query, given).get_all()
(told,) = ask("MATCH (a:Thing {iri: $a})-[l:Link]->(b:Thing {iri: $b}) RETURN l.certainty, l.place, a.label, b.label",
              a=cause, b=event)
kinds = ask("MATCH (a:Thing)-[l:Link {own_type: 'hasAbsence'}]->(b) RETURN DISTINCT a.own_label, b.own_label")
print(json.dumps({"ids": [row[0] for row in ask("MATCH (a:Thing) RETURN a.iri")], "link": told, "kinds": kinds,
                  "edges": ask("MATCH (:Thing)-[l:Link]->(:Thing) RETURN count(*)")[0][0],
                  "last": ask("MATCH (a:Thing) RETURN max(a.storyOrder)")[0][0]}))
"""


def test_kuzu_copies_the_tables(written: Written, tmp_path: Path) -> None:
    """A property-graph database cannot load the CSV in bulk: a type, an id or a quote is wrong."""
    python = consumer("kuzu", "kuzu==0.11.3")
    read = json.loads(consume(python, _KUZU, written.paths["neo4j-csv"], CAUSE, EVENT, tmp_path / "store"))
    agrees(written, read)
    assert read["kinds"] == [["Case", "AbsenceStatement"]]
    assert isinstance(read["last"], int)


def test_tables_give_every_quad_back(written: Written) -> None:
    """What stands in the CSV for the import of Neo4j is not the graph: a cell was cut, joined or made safe."""
    folder = written.paths["neo4j-csv"]
    with (folder / "nodes.csv").open(newline="", encoding="utf-8") as file:
        nodes = [(row["iri:ID"], row["literals:string"]) for row in csv.DictReader(file)]
    with (folder / "relationships.csv").open(newline="", encoding="utf-8") as file:
        names = (":START_ID", "predicate:string", ":END_ID", "graphs:string")
        edges = [Held(*(row[name] for name in names)) for row in csv.DictReader(file)]
    assert {str(quad) for quad in quads_of(nodes, edges)} == written.quads


_KGX = """
import json, sys
from pathlib import Path
import biolink_model, bmt.toolkit
model = Path(list(biolink_model.__path__)[0])
# The packaged model, where the validator would fetch one.
defaults = bmt.toolkit.Toolkit.__init__.__defaults__
packaged = str(model / "schema" / "biolink_model.yaml"), {"predicate mappings": []}
bmt.toolkit.Toolkit.__init__.__defaults__ = (*packaged, *defaults[2:])
import kgx.config
prefixes = json.loads((model / "prefixmaps" / "biolink_model_prefix_map.json").read_text())
own = {"itb": "https://w3id.org/itbkg/ont/", "itb.case": "https://w3id.org/itbkg/case/"}
kgx.config.jsonld_context_map["biolink"] = prefixes | own
from kgx.transformer import Transformer
from kgx.validator import Validator
form, folder = sys.argv[1:3]
seen = Transformer()
seen.transform({"format": form, "filename": [f"{folder}/itbkg_nodes.{form}", f"{folder}/itbkg_edges.{form}"]})
graph, validator = seen.store.graph, Validator()
validator.validate(graph)
tk = validator.get_validating_toolkit()
nodes = {name: data for name, data in graph.nodes(data=True)}
edges = [(source, target, data) for source, target, data in graph.edges(data=True)]
used = {one for _, _, data in edges for one in [data["predicate"], *data["category"]]}
used |= {one for data in nodes.values() for one in data["category"]}
print("RESULT" + json.dumps({"errors": validator.get_errors(), "version": tk.get_model_version(), "nodes": nodes,
    "edges": edges, "unknown": sorted(one for one in used if tk.get_element(one) is None)}, default=str))
"""


@pytest.mark.parametrize("form", ["tsv", "jsonl"])
def test_kgx_validator(written: Written, store: Store, form: str) -> None:
    """KGX finds an error against the Biolink Model, a word that is not in it, or a case, sign or cause is missing."""
    python = consumer("kgx", "kgx==2.6.0", "bmt==1.5.0", "biolink-model==4.4.6")
    told = consume(python, _KGX, form, written.paths[f"kgx-{form}"], seconds=300)
    read = json.loads(told.rpartition("RESULT")[2])
    assert not read["errors"]
    assert not read["unknown"]
    assert read["version"] == "4.4.6"
    cases = [name for name, data in read["nodes"].items() if data["category"] == ["biolink:Case"]]
    assert len(cases) == len(select_all(store).cases)
    assert read["nodes"]["HP:0001250"]["name"] == "seizure"
    edges = {(source, data["predicate"], target): data for source, target, data in read["edges"]}
    seizure = edges["itb.case:doe-1901.1", "biolink:has_phenotype", "HP:0001250"]
    assert seizure["negated"] in (True, "true")
    assert seizure["place"] in ("Case, 2", ["Case, 2"])
    link = edges["itb:EmptyReservoir", "biolink:causes", "itb:Withdrawal"]
    assert link["has_confidence_level"] == "certain"
    assert link["original_predicate"] == "itb:leadsTo"
    assert link["publications"] == ["itb.publication:doe-1901"]
    assert ("itb.case:doe-1901.1", "biolink:related_to_at_instance_level", "itb:Withdrawal") in edges


def test_kgx_has_an_association_for_each_statement(written: Written, store: Store) -> None:
    """An association is missing, twice, or a stated absence is not negated."""
    lines = (written.paths["kgx-jsonl"] / "itbkg_edges.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    asked = "SELECT (COUNT(DISTINCT ?o) AS ?n) {{ ?s <https://w3id.org/itbkg/ont/{}> ?o }}"
    names = ("hasFinding", "hasAbsence", "hasEvent", "hasCondition", "hasCausalAssertion")
    counts = {name: int(next(iter(store.select(asked.format(name)).texts()))[0]) for name in names}
    assert len(rows) == len({row["id"] for row in rows}) == sum(counts.values())
    assert sum(row["negated"] for row in rows) == counts["hasAbsence"]
    inferred = [row for row in rows if row["knowledge_level"] == "logical_entailment"]
    assert inferred
    assert all("implied" in row["id"] and row["agent_type"] == "automated_agent" for row in inferred)
