"""A lesson made up by hand, of nobody: every kind of question and fact, and texts that would break a careless page."""

from itbkg.teaching.lesson import SAFETY, Fact, FactKind, Lesson, Option, Question, ReferenceText, Stage, StageKind

#: What a careless format would take for markup; it stands in a title, a fact, an option and an answer.
HOSTILE = "<script>alert('x')</script> & \"quoted\" *not bold* [no](javascript:link) | cell"


def fact(
    kind: FactKind, text: str, time: str = "", hours: float | None = None, value: str = "", unit: str = ""
) -> Fact:
    """Make a fact; its id is made of its text."""
    name = "-".join(text.lower().split())[:60]
    number = float(value.split(maxsplit=1)[0]) if value else None
    return Fact(name, kind, text, text, time, value, unit, number, hours, hours, "Case presentation, 2")


def option(name: str, text: str, *, correct: bool = False, rank: int | None = None, harm: str = "") -> Option:
    """Make an option with a reason and sources."""
    why = f"Reported for {len(text)} of 99 cases that say; not reported by 7."
    return Option(name, text, correct, rank, why, harm, ("doe-1901/1", "roe-1902/2"))


def stage(name: str, kind: StageKind, title: str, facts: tuple[Fact, ...], *questions: Question) -> Stage:
    """Make a stage with a narration and a note."""
    return Stage(
        name, kind, title, f"What is told of {name}.\n\nAnd more of it.", facts, questions, (f"Note on {name}.",)
    )


SINGLE = Question(
    "first-thought",
    "single",
    "What do you think of first?",
    (
        option("sepsis", "Septic shock"),
        option("withdrawal", "Withdrawal of intrathecal baclofen", correct=True),
        option("meningitis", "Meningitis"),
        option("hostile", HOSTILE),
    ),
    "Withdrawal of intrathecal baclofen",
    None,
    0,
    "",
    "Three look-alikes and the thing itself.",
    ("poe-1903/1",),
)
SEVERAL = Question(
    "examine",
    "several",
    "What do you examine now?",
    (
        option("interrogate", "Interrogate the pump", correct=True),
        option("radiograph", "Radiograph of pump and catheter", correct=True),
        option("wait", "Wait until the morning", harm="Withdrawal goes on, and the patient may die of it."),
    ),
    "Interrogate the pump; radiograph of pump and catheter",
    None,
    0,
    "",
    "",
    (),
)
ORDER = Question(
    "steps",
    "order",
    "What is done first, and what then?",
    (
        option("airway", "Secure airway, breathing and circulation", rank=1),
        option("replace", "Give intrathecal baclofen again", rank=2),
        option("oral", "Give baclofen by mouth", rank=2),
        option("repair", "Repair the pump", rank=3),
    ),
    "Airway; then baclofen, by either way; then the pump",
    None,
    0,
    "",
    "Two steps share a rank.",
    ("emergency-procedure/1",),
)
NUMERIC = Question(
    "convert", "numeric", "Convert 107 °F.", (), "41.7 °C", 41.7, 0.1, "Cel", "(107 − 32) × 5/9.", ("doe-1901/1",)
)
TEXT = Question(
    "say",
    "text",
    "What would you tell the family?",
    (),
    "That the pump stopped, and what follows.",
    None,
    0,
    "",
    "",
    (),
)

PRESENTATION = (
    fact("patient", "24 years, male"),
    fact("therapy", "intrathecal baclofen 260 µg/d, implanted 3 years before"),
    fact("finding", "increased spasticity", "-48 h", -48),
    fact("absent", "neck stiffness"),
    fact("measurement", "body temperature 40.3 °C", "0 h", 0, "40.3 °C", "Cel"),
    fact("measurement", "creatine kinase 5250 U/L", "0 h", 0, "5250 U/L", "U/L"),
    fact("finding", HOSTILE),
)
TREATMENT = (
    fact("treatment", "oral baclofen 120 mg/d: spasticity worse", "-48 to -24 h", -48),
    fact("treatment", "lorazepam 4 mg: no effect named", "2 h", 2),
    fact("guidance", "Step 1: secure airway, breathing and circulation"),
    fact("guidance", "Step 2: give baclofen by mouth or by the spinal canal"),
)


def made_lesson() -> Lesson:
    """Make the lesson: seven parts, five questions, each kind once, two parts without a question."""
    return Lesson(
        id="doe-1901-1",
        case="doe-1901/1",
        title="A young man with fever and stiff limbs",
        audience="emergency physicians",
        level="intermediate",
        minutes=30,
        objectives=("Think of the pump when tone and fever rise together", "Know the steps of an emergency"),
        stages=(
            stage("arrival", "presentation", "He is brought in", PRESENTATION),
            stage("thoughts", "first thoughts", "What could it be?", (fact("considered", "sepsis: rejected"),), SINGLE),
            stage("tests", "investigations", "Looking further", (), SEVERAL, NUMERIC),
            stage("found", "cause found", "The pump had stopped", (fact("cause", "pump stopped", "24 h", 24),)),
            stage("care", "treatment and response", "What was done", TREATMENT, ORDER),
            stage("after", "outcome", "Six months later", (fact("outcome", "recovery to baseline", "6 mo", 4383),)),
            stage("talk", "debrief", "Looking back", (), TEXT),
        ),
        clock="first symptom",
        clock_stage="arrival",
        references=(
            ReferenceText("Doe J. A stopped pump. J Made Up Med 1901;1:1-2.", "https://doi.example/10.0/1"),
            ReferenceText("Roe R. Another one. 1902.", ""),
        ),
        licence="CC BY 4.0",
        provenance=("Dataset sha256 0123456789abcdef", "itbkg 0.1.0", "record doe-1901"),
        safety=SAFETY,
    )
