"""What leads to a person: names, initials, institutions, addresses and numbers, and where they stand in a text.

Not found: a surname that stands alone, an institution without a word such as Hospital, seven figures written like a
range (555-0134), initials that are also an abbreviation of the ontology.
"""

import re
from collections.abc import Callable, Collection, Iterator
from functools import cache
from importlib.resources import files

from itbkg.curation.days import Span

_HAS_FIGURE = r"(?=[\w/-]*[0-9])"
_NUMBERED = (
    r"medical record|hospital record|patient record|record|chart|file|case file|patient|admission|hospital|encounter|"
    r"accession|specimen|account|insurance|policy|social security|national insurance|NHS|passport|serial|lot|batch|"
    r"device|implant|pump|registration|identification|identity"
)
_NUMBERS = (
    rf"(?i)\b(?:{_NUMBERED})\s?(?:no\.?|nr\.?|numbers?|identifier|id|\#)(?:\s?[:\#]|\s(?:was|is|of))?\s?{_HAS_FIGURE}[\w/-]{{3,}}"
    r"(?:\s[0-9]{3,4})*",
    rf"\b(?:MRN|mrn|SSN|S/N|NHS)\b[\s:.\#]*(?:(?:was|is|[Nn]o\.?|[Nn]umber)[\s:]*)?{_HAS_FIGURE}[\w/-]{{3,}}(?:\s[0-9]{{3,4}})*",
    r"(?<![\w-])[0-9]{3}-[0-9]{2}-[0-9]{4}(?![\w-])",
    r"\b[A-Z]{2,4}[0-9]{6,7}[A-Z]?\b",
    r"(?<![\w.,/])\#?[0-9]{7,}(?![\w.,/-]*[0-9])",
)
_PHONES = (
    r"\+[0-9][0-9 ()./-]{6,}[0-9]",
    r"(?<![\w.-])(?<!\b[Nn]umber )(?<!\b[Nn]o\. )\(?[0-9]{3}\)?[ ./-]{1,2}[0-9]{3}[ .-][0-9]{4}(?![\w-])",
    r"(?<![\w.,/-])\(?0[0-9]{1,5}\)?[ /-][0-9]{3,}(?:[ -][0-9]{2,})*(?!\w)",
    r"(?i)\b(?:tele?(?:phone|fax)?|phone|fax|mobile|pager|beeper|ext|extension)\b(?:\s?(?:no\.?|number))?[.:]*"
    r"(?:\s(?:was|is|at|on))?\s?\+?[0-9(][0-9 ()./-]{2,}[0-9]",
    r"(?i)\b(?:call|ring|dial)(?:ed)?\s\+?[0-9(][0-9 ()./-]{3,}[0-9]",
)
_MAILS = (
    r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+",
    r"(?i)[\w.+%-]+\s?[\[(]at[\])]\s?[\w-]+(?:\s?(?:\.|[\[(]dot[\])])\s?[\w-]+)+",
)
_WEB = (
    r"(?i)\b(?:https?|ftp)://[^\s<>\"]+|\bwww\.[^\s<>\"]+",
    r"(?i)\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|edu|gov|info|io|eu|uk|de|fr|it|es|ch|nl|jp|au|ca)\b(?:/[^\s<>\"]*)?",
)

_CAPITAL = r"[^\W\da-z_]"
_NAME = rf"(?:St\.?|{_CAPITAL}[\w'.-]*)"
_JOINED = rf"(?:{_NAME}\s(?:(?:and|of|the|for|de|del|della|di|du|la|le|&)\s)*)"
_SMALL = "hospital|clinic|infirmary|university|medical cent(?:er|re)|medical school|nursing home|hospice"
_HOUSES = (
    r"Hospitals?|Clinics?|Infirmary|Hospice|Sanatorium|University|Polyclinic|Nursing Home|Institute|School of Medicine|"
    r"Health ?[Cc]are|(?:Medical|Health|Rehabilitation|Trauma|Spine|Pain|Cancer|Children's) (?:Center|Centre|School)|"
    r"Health (?:System|Service|Trust)|NHS(?: Foundation)? Trust|Medical College|College Hospital"
)
_FOREIGN = (
    r"Klinikum|Klinik|Krankenhaus|Spital|Universität|H[ôo]pital|H[ôo]pitaux|CHU|CHRU|Clinique|Université|Ospedale|"
    r"Policlinico|Università|Clínica|Universidad|Universidade|Universiteit|Ziekenhuis|Sykehus|Sjukhus"
)
_ENDINGS = "klinikum|klinik|krankenhaus|spital|ziekenhuis|sjukhus|sykehus"
_FAMOUS = "Charité|Johns Hopkins|Karolinska|Mount Sinai|Cedars-Sinai|Kaiser Permanente"
_WITH_NAME = re.compile(rf"(?<!\w)({_JOINED}{{1,6}})(?:{_HOUSES})(?!\w)")
_WITH_SMALL = re.compile(rf"(?<![\w])({_NAME}(?:\s{_NAME})*)\s(?:{_SMALL})s?\b")
_INSTITUTIONS = (
    rf"\b(?:University\s)?(?:{_HOUSES}|{_SMALL}|[Dd]epartment)\s(?:of|at|in|de|del|della|di|du)\s(?:the\s)?(?:{_HOUSES})?\s?{_CAPITAL}[\w'-]*[a-z]\w*",
    rf"\b(?:{_FOREIGN})\s(?:\w{{1,3}}\s)*{_CAPITAL}\w+",
    r"\bHospital\s(?:Universitari|General de|Clín|San|Santa|La|do|da|das|de)\b[\w ]*",
    rf"(?<!\w)(?!Hospital)[^\W\da-z_]\w*(?:{_ENDINGS})(?:et)?\b",
    rf"\b(?:{_FAMOUS})\b",
)
#: What every text with an institution has.
INSTITUTION_HINT = re.compile(rf"(?i){_HOUSES}|{_SMALL}|{_FOREIGN}|{_FAMOUS}|department|{_ENDINGS}")

_PERSON = "patient|subject|boy|girl|man|woman|lady|gentleman|child|infant|baby|son|daughter|mother|father|husband|wife"
_NAMES = (
    r"(?<![\w.])[A-Z]\.(?:[ -]?[A-Z]\.)+",
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Herr|Frau|Madame|Monsieur|Sr|Sra)\b\.?\s[A-Z](?:[\w'-]+|\.)?",
    rf"(?i:\b(?:{_PERSON}|he|she)\b)[^.;]{{0,20}}\s(?:named|called|whose name was)\s[A-Z][\w'-]+",
    r"(?i:\binitials?)\b[^.;]{0,15}\s\(?[A-Z]{1,3}\b",
)
_LETTERS = re.compile(rf"(?i:\b(?:{_PERSON})),?\s\(?([A-Z]{{2,3}})(?![\w-])")

Finder = Callable[[str], Iterator[Span]]


def _finder(patterns: tuple[str, ...]) -> Finder:
    compiled = [re.compile(pattern) for pattern in patterns]

    def find(text: str) -> Iterator[Span]:
        yield from (found.span() for pattern in compiled for found in pattern.finditer(text))

    return find


numbers, phones, mails, web_addresses = (_finder(patterns) for patterns in (_NUMBERS, _PHONES, _MAILS, _WEB))
_institutions, _names = _finder(_INSTITUTIONS), _finder(_NAMES)


def institutions(text: str) -> Iterator[Span]:
    """Yield where a hospital, a clinic or a university is named; a hospital without a name is none of these."""
    yield from _institutions(text)
    yield from (found.span() for found in _WITH_NAME.finditer(text) if _is_named(found[1]))
    for found in _WITH_SMALL.finditer(text):
        words = found[1].split()[1 if _begins_sentence(text, found.start()) and "'" not in found[1] else 0 :]
        if _is_named(" ".join(words)) and not all(word.isupper() for word in words):
            yield found.span()


def names(text: str, abbreviations: Collection[str]) -> Iterator[Span]:
    """Yield where a person is named or called by initials; two or three letters that are a known abbreviation pass."""
    yield from _names(text)
    yield from (found.span() for found in _LETTERS.finditer(text) if found[1] not in abbreviations)


def _is_named(words: str) -> bool:
    return any(word[0].isupper() and word.casefold() not in unnamed() for word in words.split())


def _begins_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \"'(")
    return not before or before[-1] in ".!?:;"


@cache
def unnamed() -> frozenset[str]:
    """Read the words that name no institution, though they stand with a capital before its kind."""
    return frozenset((files(__package__) / "unnamed.txt").read_text("utf-8").split())
