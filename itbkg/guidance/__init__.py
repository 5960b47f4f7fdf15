"""Guidance in a graph: the documents, what they advise in a situation, alarms, and what a case did beside it."""

from itbkg.guidance.alarms import AlarmList, AlarmMeaning, list_alarms
from itbkg.guidance.beside import Beside, Deed, beside_guidance
from itbkg.guidance.documents import Document, DocumentRow, list_documents, recommendations_for, tell_document
from itbkg.guidance.statements import Statement

__all__ = [
    "AlarmList",
    "AlarmMeaning",
    "Beside",
    "Deed",
    "Document",
    "DocumentRow",
    "Statement",
    "beside_guidance",
    "list_alarms",
    "list_documents",
    "recommendations_for",
    "tell_document",
]
