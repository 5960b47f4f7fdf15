"""The teaching case of the Pittsburgh report: asked before told, thoughts of the time, steps beside deeds, its end."""

from collections.abc import Callable

from itbkg.teaching.lesson import Lesson, Question, Stage
from itbkg.teaching.making import Workshop
from itbkg.teaching.steps import advised_steps


def _place(lesson: Lesson, holds: Callable[[Stage], bool]) -> int:
    return next(index for index, stage in enumerate(lesson.stages) if holds(stage))


def _question(lesson: Lesson, name: str) -> Question:
    return next(one for stage in lesson.stages for one in stage.questions if one.id == name)


def _told(stage: Stage) -> str:
    """Return all that learners are told in a stage before they answer: no option, which must name what it asks for."""
    facts = [fact.text for fact in stage.facts]
    return " ".join([stage.id, stage.title, stage.text, *facts, *(one.prompt for one in stage.questions)]).lower()


def test_it_has_its_stages(lesson: Lesson) -> None:
    """The story would not unfold."""
    assert len(lesson.stages) >= 6
    assert [stage.kind for stage in lesson.stages[-2:]] == ["outcome", "debrief"]
    kinds = [stage.kind for stage in lesson.stages]
    assert kinds.index("first thoughts") < kinds.index("investigations") < kinds.index("cause found")


def test_it_asks_before_it_tells_that_the_pump_was_stopped(lesson: Lesson) -> None:
    """The answer would stand before the question: in a title, a text, a fact, a prompt or an earlier feedback."""
    asked = _place(lesson, lambda stage: any(one.id == "cause" for one in stage.questions))
    told = _place(lesson, lambda stage: any("pump stopped" in fact.text for fact in stage.facts))
    assert asked < told
    assert "pump stopped" in _question(lesson, "cause").answer
    before = " ".join(_told(stage) for stage in lesson.stages[: asked + 1])
    assert not [word for word in ("stopped", "programming", "withdrawal") if word in before]
    answered = [one for stage in lesson.stages[:asked] for one in stage.questions]
    feedback = " ".join(option.feedback for one in answered for option in one.options)
    assert "pump stopped" not in feedback
    assert "withdrawal" not in feedback


def test_it_shows_the_thoughts_of_the_time(lesson: Lesson) -> None:
    """The mimics, for which the case is taught, would be missing, or told as true."""
    place = _place(lesson, lambda stage: stage.kind == "first thoughts")
    thoughts = lesson.stages[place]
    shown = {fact.label.removeprefix("diagnosis of ") for fact in thoughts.facts if fact.kind == "considered"}
    mimics = {"sepsis", "septic shock", "meningitis", "neuroleptic malignant syndrome", "malignant hyperthermia"}
    assert mimics <= shown
    asked = _question(lesson, "first-thoughts")
    assert mimics <= {option.text for option in asked.options if option.correct}
    assert asked in lesson.stages[place - 1].questions
    assert not any("rejected" in fact.text for fact in thoughts.facts)
    assert any("malignant hyperthermia: rejected" in fact.text for fact in lesson.stages[place + 2].facts)


def test_it_shows_what_oral_baclofen_did(lesson: Lesson) -> None:
    """Learners would not see that it failed, see it before they were asked, or be told another thing as right."""
    asked = _place(lesson, lambda stage: any("oral baclofen" in one.prompt for one in stage.questions))
    told = _place(lesson, lambda stage: any("after oral baclofen" in fact.text for fact in stage.facts))
    assert asked < told
    assert any("after oral baclofen: increased spasticity worsened" in fact.text for fact in lesson.stages[told].facts)
    question = next(one for one in lesson.stages[asked].questions if "oral baclofen" in one.prompt)
    assert question.answer == "worsened"
    assert all("in which it was given" in option.feedback for option in question.options)


def test_it_lays_the_steps_beside_what_was_done(lesson: Lesson, workshop: Workshop) -> None:
    """A step of the procedure would be missing or out of its order, or what is not reported be told as done."""
    rows = [fact for fact in lesson.stages[-1].facts if fact.kind == "guidance"]
    assert {fact.place for fact in rows} == {"emergency-procedure"}
    states = {fact.label: fact.value for fact in rows}
    assert states["restoration of intrathecal baclofen"] == "done"
    assert states["benzodiazepine treatment"] == "done"
    assert states["contact with an ITB physician"] == "not reported"
    event = workshop.words.find("event", "withdrawal")
    steps = [one for one in advised_steps(workshop.store, event.iri) if one.document == "emergency-procedure"]
    acts = [act for one in steps for act in one.acts]
    assert [fact.label for fact in rows if fact.text.startswith("step ")] == acts
    against = [fact.text for fact in rows if fact.text.startswith("against oral baclofen")]
    assert against
    assert "In this case" in against[0]


def test_it_ends_with_the_outcome_at_six_months(lesson: Lesson) -> None:
    """The story would stop in the intensive care unit, or tell its end early."""
    outcome = lesson.stages[-2]
    last = max(outcome.facts, key=lambda fact: fact.latest_hours or 0)
    assert (last.time, last.label, last.kind) == ("6 mo", "recovery to baseline", "outcome")
    early = " ".join(_told(stage) for stage in lesson.stages[:-2])
    assert "recovery to baseline" not in early
    assert "6 mo" not in early
