"""Phone numbers on which somebody can be reached: valid ones, of a person, and no order number, date or sum."""

import re
from collections.abc import Iterator

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberType

from detection.personal_information.finding import HIDDEN, Finding, around

HOME = "GB"
MOST = 3
"""More are a list of numbers, and nobody's own."""
_CANDIDATE = re.compile(r"(?<![\w.,:£$€#=*^/+-])(?:\+|\(?0)[\d \t\xa0().–-]{7,26}\d(?![\w£$€%]|[.,:/]\d)")
_OF_A_PERSON = frozenset({
    PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE, PhoneNumberType.FIXED_LINE_OR_MOBILE,
    PhoneNumberType.PERSONAL_NUMBER,
})  # fmt: skip
"""Not those of helplines and companies: free, shared-cost and premium numbers."""
_MOBILE = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.PERSONAL_NUMBER})
_DRAMA = re.compile(r"7700900\d{3}|1632960\d{3}")
"""Ofcom keeps these for films and examples; the library rightly calls them invalid."""
_OTHER_NUMBER = re.compile(
    r"\b(?:order|ref|reference|invoice|account|acc|isbn|barcode|serial|tracking|ticket|booking|customer|candidate|"
    r"student|upn|uln|nhs|id|code|licen[cs]e|sku|version|parcel|model|part|sort)\b\W*(?:\w+\W+){0,2}$"
)
_SUM = re.compile(r"[=*/^×÷<>]\s*$")
_SUM_GOES_ON = re.compile(r"\s*(?:[=*/^×÷<>]|[+-]\s*\d)")
_OWN = re.compile(
    r"\b(?:my|mine|me|us|our|call|ring|phone|text|txt|hmu|whatsapp|number|num|mobile|mob|digits|landline|bell)\b"
)
_CERTAINLY_OWN = re.compile(r"\b(?:my|our)\s+(?:\w+\s+)?(?:number|num|no|phone|mobile|mob|cell|landline|digits)\b")
_PUBLIC = re.compile(
    r"\b(?:childline|samaritans|helpline|help line|hotline|nspcc|police|nhs|gp|doctors?|dentist|surgery|hospital|"
    r"clinic|reception|office|restaurant|takeaway|pizza|taxis?|cabs?|shop|store|company|support|customer|council|enquiries|"
    r"bookings?|tickets|hotel|garage|salon|plumber|charity|school)\b"
)


def phone_numbers(text: str) -> Iterator[Finding]:
    found = [finding for candidate in _CANDIDATE.finditer(text) if (finding := _finding(text, candidate))]
    if len(found) <= MOST:
        yield from found


def _finding(text: str, candidate: re.Match[str]) -> Finding | None:
    start, end = candidate.span()
    if _SUM.search(text, max(0, start - 10), start) or _is_of_something_else(text[max(0, start - 40) : start].lower()):
        return None
    while end - start > 8:
        if number := _reachable(text[start:end]):
            return _described(text, start, end, number)
        end = start + max(text.rfind(" ", start, end) - start, 0)
        end = start + len(text[start:end].rstrip(" \t\xa0(.–-"))
    return None


def _is_of_something_else(before: str) -> bool:
    return _OTHER_NUMBER.search(before) is not None


def _described(text: str, start: int, end: int, number: PhoneNumber) -> Finding | None:
    if _SUM_GOES_ON.match(text, end):
        return None
    near = around(text, start, end)
    public = _PUBLIC.search(near) is not None and not _CERTAINLY_OWN.search(near)
    mobile = phonenumbers.number_type(number) in _MOBILE or str(number.national_number).startswith("7700900")
    if public or not (mobile or _OWN.search(near)):
        return None
    return Finding(kind="phone", start=start, end=end, shown=_shown(text[start:end]), own=bool(_OWN.search(near)))


def _reachable(written: str) -> PhoneNumber | None:
    if "." in written and not all(len(group) > 2 for group in re.findall(r"\d+", written)):
        return None  # a decimal fraction, a date
    try:
        number = phonenumbers.parse(written, HOME)
    except phonenumbers.NumberParseException:
        return None
    if number.country_code == 44 and _DRAMA.fullmatch(str(number.national_number)):
        return number
    valid = phonenumbers.is_valid_number(number) and phonenumbers.number_type(number) in _OF_A_PERSON
    return number if valid else None


def _shown(written: str) -> str:
    """The first four digits and the last two."""
    places = [place for place, character in enumerate(written) if character.isdigit()]
    hidden = set(places[4:-2])
    return "".join(HIDDEN if place in hidden else character for place, character in enumerate(written))
