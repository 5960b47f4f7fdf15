"""The formats of graph tools: nodes and edges with attributes, all fed by one view of the graph."""

from itbkg.exports.format import FileFormat, FolderFormat
from itbkg.exports.graphs.cx2 import CX2
from itbkg.exports.graphs.cyjs import CYJS
from itbkg.exports.graphs.gexf import GEXF
from itbkg.exports.graphs.graphml import GRAPHML, GRAPHML_SIMPLE
from itbkg.exports.graphs.kgx import KGX_JSONL, KGX_TSV
from itbkg.exports.graphs.neo4j import NEO4J

FORMATS: tuple[FileFormat | FolderFormat, ...] = (GRAPHML, GRAPHML_SIMPLE, GEXF, CYJS, CX2, KGX_TSV, KGX_JSONL, NEO4J)
