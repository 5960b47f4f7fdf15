"""The fictional corpus with words added that the ontology does not have: mapped, replaced and hostile ones."""

from pathlib import Path

from itbkg.settings import Corpus

WORDS = """
@prefix itb: <https://w3id.org/itbkg/ont/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix x: <https://example.org/x/> .

itb:InventedSign a owl:Class ; rdfs:subClassOf itb:Finding ;
    dcterms:identifier "ITBKG:9999001" ; rdfs:label "invented sign"@en ; skos:altLabel "naïve Zeichen"@en ;
    skos:definition "A finding that no one has."@en ;
    skos:exactMatch x:1 ; skos:closeMatch x:2 ; skos:broadMatch x:3 ; skos:narrowMatch x:0 .
itb:InventedTwin a owl:Class ; rdfs:subClassOf itb:Finding ;
    dcterms:identifier "ITBKG:9999002" ; rdfs:label "invented twin"@en ;
    skos:exactMatch x:3 .
itb:InventedTriplet a owl:Class ; rdfs:subClassOf itb:InventedSign , itb:InventedTwin ;
    dcterms:identifier "ITBKG:9999003" ; rdfs:label "invented triplet"@en ;
    owl:disjointWith itb:InventedReplaced ;
    skos:exactMatch x:4 , x:5 .
itb:InventedFourth a owl:Class ; rdfs:subClassOf itb:InventedTwin ;
    dcterms:identifier "ITBKG:9999004" ; rdfs:label "invented fourth"@en ;
    skos:exactMatch x:4 .
itb:InventedReplaced a owl:Class ; owl:deprecated true ; dcterms:isReplacedBy itb:InventedSign ;
    dcterms:identifier "ITBKG:9999005" ; rdfs:label "invented relic"@en .
itb:InventedScript a owl:Class ; rdfs:subClassOf itb:Finding ;
    dcterms:identifier "ITBKG:9999006" ; rdfs:label "<script>alert(1)</script>"@en ;
    skos:altLabel "'\\"><img src=x onerror=alert(2)>"@en ;
    skos:definition "A definition with <b>marks</b> & \\"quotes\\"."@en ;
    dcterms:source <javascript:alert(3)> ;
    skos:closeMatch <javascript:alert(4)> .

x:0 skos:notation "X:0000000" ; skos:prefLabel "Narrowly invented" .
x:1 skos:notation "X:0000001" ; skos:prefLabel "Invented sign of others" .
x:2 skos:notation "X:0000002" ; skos:prefLabel "Nearly invented" .
x:3 skos:notation "X:0000003" ; skos:prefLabel "Broadly invented" .
x:4 skos:notation "X:0000004" ; skos:prefLabel "Invented twice" .
x:5 skos:notation "X:0000005" ; skos:prefLabel "Invented five" .
"""


def extend(corpus: Corpus, root: Path) -> Corpus:
    """Make a corpus below `root` with the records and words of another, the words above, and one finding more."""
    _link(corpus.ontology, root / "ontology")
    _link(corpus.root / "data", root / "data")
    (root / "data" / "cases").unlink()
    _link(corpus.cases, root / "data" / "cases")
    (root / "ontology" / "zz-invented.ttl").write_text(WORDS, "utf-8")
    record = root / "data" / "cases" / "doe-1901.yaml"
    text = came_and_went(record.read_text("utf-8"))
    record.unlink()
    record.write_text(text, "utf-8")
    return Corpus(root)


def came_and_went(record: str) -> str:
    """Let a finding that a record has be stated absent at the end of the course."""
    course, causes, rest = record.partition("    causes:\n")
    assert causes
    return f'{course}      - {{absent: increased spasticity, at: 20 h, where: "Case, 4"}}\n{causes}{rest}'


def _link(folder: Path, to: Path) -> None:
    """Make a folder that holds what another one holds."""
    to.mkdir()
    for path in folder.iterdir():
        (to / path.name).symlink_to(path.resolve(), target_is_directory=path.is_dir())
