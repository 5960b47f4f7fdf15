"""Examples for the API's description: what may be sent, and for what takes nothing, what comes back."""

from collections.abc import Mapping
from typing import Any

import itbkg
from itbkg.cases import FIELDS, WORDS
from itbkg.exports import FORMATS, PRODUCTS
from itbkg.namespaces import BASE
from itbkg.network.views import VIEWS
from itbkg.network.words import BRANCHES
from itbkg.terms.names import LONGEST
from itbkg_api.around.sieve import UNSEEN_ECMA, VALUE_CHARACTERS
from itbkg_api.lists import ENDINGS

_SEEN, _BLANKS = f"[^{UNSEEN_ECMA}]", " *"
_WORD = f"[^, {UNSEEN_ECMA}][^,{UNSEEN_ECMA}]*"

#: Parameters, by name; where an operation has its own, by operation and name.
PARAMETERS: Mapping[str, Any] = {
    "publication": "mohammed-2004",
    "case": "1",
    "document": "emergency-procedure",
    "source": "rizzo-2019",
    "field": "finding",
    "ending": "csv",
    "ontologyFile.ending": "ttl",
    "onePublished.name": "oversedation",
    "comparison.source": "coffey-2002",
    "comparisonFile.source": "coffey-2002",
    "comparison.q": "deaths",
    "comparisonFile.q": "deaths",
    "oneComparison.source": "coffey-2002",
    "oneComparison.name": "deaths-among-reported-withdrawal-cases",
    "span": "interruption-to-first-symptom",
    "spanTimes.by": "event",
    "level": 0.95,
    "export.name": "turtle",
    "losses.name": "gexf",
    "cases": ["mohammed-2004/1"],
    "where": "event = withdrawal",
    "construct": "CONSTRUCT WHERE { ?case <https://w3id.org/itbkg/ont/hasCause> ?cause }",
    "oneTerm.name": "Seizure",
    "oneQuestion.name": "deaths",
    "oneQuestion.parameters": {"event": "withdrawal"},
    "terms.q": "seizure",
    "published.q": "oversedation",
    "publishedFile.q": "oversedation",
    "slug": "unknown-name",
    "path": "case/mohammed-2004/1",
    "situation": "withdrawal",
    "lesson": "mohammed-2004-1",
    "oneLesson.format": "md",
    "branch": "Finding",
    "event": ["withdrawal"],
    "cause": ["catheter-related cause, programming error"],
    "finding": ["fever"],
    "absent": ["seizure"],
    "not_reported": ["pruritus"],
    "measurement": ["body temperature"],
    "investigation": ["imaging"],
    "considered": ["sepsis"],
    "treatment": ["oral baclofen"],
    "response": ["no response"],
    "outcome": ["recovery"],
    "condition": ["cerebral palsy"],
    "age_group": ["child, adolescent"],
    "sex": ["female"],
    "read_as": ["full text"],
    "review": ["checked"],
    "citation": ["verified"],
    "status": ["retracted"],
    "without": ["retracted"],
    "year": "2000..2010",
    "text": ["catheter"],
    "distinct_patients": True,
    "rows": ["cause"],
    "columns": ["outcome"],
    "dependence": False,
    "view": "chains",
    "kind": "heat",
    "width": 900,
    "spanChart.by": "event",
    "of": "cause, outcome",
    "by": "finding, cause",
    "depth": 1,
    "findings": False,
    "least": 2,
    "nodes": False,
    "sort": "year",
    "limit": 10,
    "offset": 0,
}
#: Words with commas between them, none of them empty.
_WORDS = {"pattern": f"^{_BLANKS}{_WORD}(,{_BLANKS}{_WORD})*$", "maxLength": LONGEST}
#: Fields of a network.
_FIELD = f"({'|'.join(BRANCHES)})"
_CLASS_FIELDS = {"pattern": f"^({_FIELD}({_BLANKS},{_BLANKS}{_FIELD})*)?$"}
_GROUPS = {"pattern": f"^(({'|'.join(FIELDS)})(={_BLANKS}{_WORD}(,{_BLANKS}{_WORD})*)?)?$"}
_TEXT = {"pattern": f"^{_SEEN}*[^ {UNSEEN_ECMA}]{_SEEN}*$", "maxLength": VALUE_CHARACTERS}
#: What a parameter takes, where its type does not say so.
TAKES: Mapping[str, Mapping[str, Any]] = {
    **dict.fromkeys(WORDS, _WORDS),
    "text": _TEXT,
    "situation": _TEXT,
    "terms.q": {"pattern": f"^({_SEEN}*[^ {UNSEEN_ECMA}]{_SEEN}*)?$", "maxLength": LONGEST},
    "export.name": {"enum": [*FORMATS]},
    "losses.name": {"enum": [*FORMATS]},
    "where": {"maxLength": VALUE_CHARACTERS},
    "rows": _TEXT,
    "columns": _TEXT,
    "branch": {"pattern": f"^{_SEEN}*$", "maxLength": LONGEST},
    "year": {"pattern": r"^([0-9]{4}(\.\.([0-9]{4})?)?|\.\.[0-9]{4})?$"},
    "ending": {"enum": [*ENDINGS]},
    "view": {"enum": [f"{view}{ending}" for view in VIEWS for ending in ("", *(f".{one}" for one in ENDINGS))]},
    "viewChart.view": {"enum": [*VIEWS]},
    "kind": {"enum": ["heat", "forest"]},
    "spanTimes.by": _GROUPS,
    "spanChart.by": _GROUPS,
    "of": _CLASS_FIELDS,
    "by": _CLASS_FIELDS,
    "ontologyFile.ending": {"enum": [ending[1:] for form in PRODUCTS["ontology"] for ending in form.endings]},
    "field": {"enum": [f"{field}{ending}" for field in FIELDS for ending in ("", *(f".{one}" for one in ENDINGS))]},
}
#: Answers of the operations that take nothing, by media type.
ANSWERS: Mapping[str, Mapping[str, Any]] = {
    "health": {"application/json": {"status": "ok"}},
    "live": {"application/json": {"status": "ok"}},
    "ready": {"application/json": {"status": "ready", "graph_verified": True, "workers_open": True}},
    "version": {
        "application/json": {
            "itbkg": itbkg.__version__,
            "api": "v1",
            "dataset_sha256": "49721889487b4412…",
            "release": f"/release/49721889487b41124206-{itbkg.__version__}/api/v1",
        }
    },
    "serviceInfo": {
        "application/json": {
            "id": "org.w3id.itbkg",
            "name": "itbkg",
            "type": {"group": "org.w3id.itbkg", "artifact": "itbkg", "version": itbkg.__version__},
            "description": "Published cases of intrathecal baclofen therapy going wrong.",
            "organization": {"name": "itbkg", "url": BASE},
            "version": itbkg.__version__,
            "dataset": {
                "sha256": "49721889487b4412…",
                "publications": 2,
                "cases": 3,
                "triples": 4_000,
                "case_reports": {
                    "publications": 2,
                    "review": {"checked": {"n": 1, "of": 2}, "entered": {"n": 1, "of": 2}},
                    "citation": {"verified": {"n": 2, "of": 2}},
                    "status": {"retracted": {"n": 0, "of": 2}},
                    "reading": {"full text": {"n": 1, "of": 2}, "abstract": {"n": 1, "of": 2}},
                },
            },
        }
    },
    "exports": {
        "application/json": {
            "total": 1,
            "exports": [
                {
                    "name": "graph",
                    "forms": [
                        {
                            "name": "turtle",
                            "title": "RDF, Turtle",
                            "media_type": "text/turtle",
                            "endings": [".ttl"],
                            "profile": "",
                            "address": "/api/v1/exports/turtle",
                        }
                    ],
                }
            ],
        }
    },
    "problemKinds": {
        "application/json": {
            "total": 1,
            "problems": [
                {
                    "type": f"{BASE}problems/busy",
                    "slug": "busy",
                    "status": 503,
                    "title": "Too many queries at once",
                    "explanation": "All workers are at work, and as many queries wait as may.",
                    "mend": "Ask again after the seconds that `Retry-After` names.",
                }
            ],
        }
    },
    "ontology": {"text/turtle": f"<{BASE}ont> a <http://www.w3.org/2002/07/owl#Ontology> ."},
}
