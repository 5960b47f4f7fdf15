"""H5P: a lesson as a Branching Scenario, in which a choice is made before the story goes on.

The package names the libraries that it plays with and does not hold them: they are built for each release by the makers
of H5P (MIT) and stand in a site's own list. An import works where `LIBRARIES` are installed in these versions, which
installing "Branching Scenario" from the H5P Hub does; a site that misses one names it. A site that has another minor
version alone has to install these too.

The story is texts. A single question is a branching question: a wrong choice tells why and leads back, the right one
goes on. What the format has no place for:

* Of several right answers one is chosen after the other, until the learner goes on; an order is chosen step by step.
* A number or a text is thought out and then compared; nothing is typed in and nothing is marked.
* There is no score.

Format: https://h5p.org/documentation/developers/h5p-specification.
"""

import json
from typing import BinaryIO

from itbkg.teaching.formats.form import Format
from itbkg.teaching.formats.h5plibraries import LIBRARIES, MAIN, ubername
from itbkg.teaching.formats.h5ppath import Node, path
from itbkg.teaching.formats.quiz import clean, to_html
from itbkg.teaching.formats.zips import write_members
from itbkg.teaching.lesson import Lesson

#: The longest title that H5P's database holds.
_LONGEST_TITLE = 255
_WORDS = {
    "startScreenButtonText": "Begin",
    "endScreenButtonText": "Begin again",
    "backButtonText": "Back",
    "disableProceedButtonText": "Complete this part first",
    "replayButtonText": "Play again",
    "scoreText": "Your score:",
    "fullscreenAria": "Full screen",
}


def write(lesson: Lesson, file: BinaryIO) -> None:
    """Write a lesson as an H5P package."""
    documents = {"h5p.json": _package(lesson), "content/content.json": _content(lesson)}
    write_members(file, {name: _json(document) for name, document in documents.items()})


def _package(lesson: Lesson) -> dict[str, object]:
    """Describe the package (section "h5p.json" of the specification); U: the licence is told in the content."""
    return {
        "title": clean(lesson.title)[:_LONGEST_TITLE] or lesson.id,
        "language": "en",
        "defaultLanguage": "en",
        "mainLibrary": MAIN,
        "embedTypes": ["iframe"],
        "license": "U",
        "preloadedDependencies": [
            {"machineName": name, "majorVersion": major, "minorVersion": minor}
            for name, (major, minor) in LIBRARIES.items()
        ],
    }


def _content(lesson: Lesson) -> dict[str, object]:
    """Write the scenario by the semantics of its library: content named by its place in the list, -1 the end."""
    ways = {"enableBackwardsNavigation": True, "forceContentFinished": False, "randomizeBranchingQuestions": False}
    return {
        "branchingScenario": {
            "title": to_html(lesson.title),
            "startScreen": {
                "startScreenTitle": f"<p>{to_html(lesson.title)}</p>",
                "startScreenSubtitle": f"<p>{to_html(lesson.safety)}</p>",
            },
            "endScreens": [
                {
                    "endScreenTitle": "<p>The end of the case</p>",
                    "endScreenSubtitle": f"<p>{to_html(lesson.safety)}</p>",
                    "contentId": -1,
                }
            ],
            "content": [_listed(node) for node in path(lesson)],
            "scoringOptionGroup": {"scoringOption": "no-score", "includeInteractionsScores": False},
            "behaviour": ways,
            "l10n": _WORDS,
        }
    }


def _listed(node: Node) -> dict[str, object]:
    return {
        "type": {
            "library": ubername(node.library),
            "params": node.parameters,
            "subContentId": node.unique,
            "metadata": {"contentType": node.kind, "license": "U", "title": node.title, "defaultLanguage": "en"},
        },
        "showContentTitle": False,
        "proceedButtonText": "Go on",
        "forceContentFinished": "useBehavioural",
        "contentBehaviour": "useBehavioural",
        "feedback": {"subtitle": ""},
        **({} if node.then is None else {"nextContentId": node.then}),
    }


def _json(document: dict[str, object]) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


FORMS = (Format("h5p", "H5P Branching Scenario", "application/zip", ".h5p", write),)
