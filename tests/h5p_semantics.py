"""The fields that the libraries of H5P have, as far as a Branching Scenario uses them; no code of theirs."""

from itbkg.teaching.formats.h5plibraries import LIBRARIES


def _field(name: str, kind: str, **more: object) -> dict[str, object]:
    return {"name": name, "type": kind, "label": name, "optional": True, **more}


def _html(name: str) -> dict[str, object]:
    return _field(name, "text", widget="html", enterMode="p", tags=["strong", "em", "del", "code", "a"])


_FEEDBACK = _field("feedback", "group", fields=[_html("title"), _html("subtitle"), _field("endScreenScore", "number")])
TEXT = [
    _field(
        "text", "text", widget="html", enterMode="p", tags=["strong", "em", "del", "a", "ul", "ol", "h2", "h3", "hr"]
    )
]
QUESTION = [
    _field(
        "branchingQuestion",
        "group",
        fields=[
            _field("question", "text", widget="html", enterMode="p", tags=["strong", "em", "h2", "h3"]),
            _field(
                "alternatives",
                "list",
                min=2,
                field=_field(
                    "answer", "group", fields=[_field("text", "text"), _field("nextContentId", "number"), _FEEDBACK]
                ),
            ),
        ],
    )
]
_CONTENT = [
    _field("type", "library", options=[f"{name} {major}.{minor}" for name, (major, minor) in LIBRARIES.items()]),
    _field("showContentTitle", "boolean"),
    _field("proceedButtonText", "text", maxLength=50),
    _field("forceContentFinished", "select", options=[{"value": "useBehavioural", "label": "as set"}]),
    _field("contentBehaviour", "select", options=[{"value": "useBehavioural", "label": "as set"}]),
    _field("nextContentId", "number"),
    _FEEDBACK,
]
_END = [_html("endScreenTitle"), _html("endScreenSubtitle"), _field("contentId", "number", max=0)]
_WORDS = ("startScreen", "endScreen", "back", "disableProceed", "replay")
SCENARIO = [
    _field(
        "branchingScenario",
        "group",
        fields=[
            _field("title", "text"),
            _field("startScreen", "group", fields=[_html("startScreenTitle"), _html("startScreenSubtitle")]),
            _field("endScreens", "list", field=_field("endScreen", "group", fields=_END)),
            _field("content", "list", min=1, field=_field("content", "group", fields=_CONTENT)),
            _field(
                "scoringOptionGroup",
                "group",
                fields=[
                    _field("scoringOption", "select", options=[{"value": "no-score", "label": "none"}]),
                    _field("includeInteractionsScores", "boolean"),
                ],
            ),
            _field(
                "behaviour",
                "group",
                fields=[
                    _field(name, "boolean")
                    for name in ("enableBackwardsNavigation", "forceContentFinished", "randomizeBranchingQuestions")
                ],
            ),
            _field(
                "l10n",
                "group",
                fields=[
                    *(_field(f"{name}ButtonText", "text") for name in _WORDS),
                    _field("scoreText", "text"),
                    _field("fullscreenAria", "text"),
                ],
            ),
        ],
    )
]
