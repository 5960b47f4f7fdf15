"""From the question of a teaching case to the question that is shown: its key and every feedback are computed here."""

from itbkg.teaching.lesson import Question
from itbkg.teaching.material import Keys, Material
from itbkg.teaching.numberkeys import number_asked
from itbkg.teaching.optionkeys import options_asked
from itbkg.teaching.orderkeys import order_asked
from itbkg.teaching.questioning import Answer, Told, question_of
from itbkg.teaching.record import QuestionRecord


def make_question(material: Material, record: QuestionRecord, keys: Keys, told: Told) -> Question:
    """Make a question with its key; what does not fit becomes a fault."""
    return question_of(material, record, keys, _answer(material, record, keys, told), told)


def _answer(material: Material, record: QuestionRecord, keys: Keys, told: Told) -> Answer:
    match record.kind:
        case "single" | "several":
            return options_asked(material, record, keys, told.asking(material))
        case "order":
            return order_asked(material, record, keys)
        case "numeric":
            return number_asked(material, record, keys)
        case "text":
            return _written(material, record, keys)


def _written(material: Material, record: QuestionRecord, keys: Keys) -> Answer:
    """Return the model answer to a question that is answered in the learner's own words."""
    if not record.answer:
        material.fault(keys, "a text question needs a model answer.", "Write it under 'answer'.")
    return Answer(material.fill(record.answer, (*keys, "answer")))
