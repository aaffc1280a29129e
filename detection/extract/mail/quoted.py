"""Tell what somebody wrote in a mail from the earlier mail that is quoted below or between it."""

import re
from collections.abc import Sequence

_WROTE = re.compile(
    r"(?:On|Am|Le|El|Il|Op|Em|Dnia|W dniu|Ar|Den)\b.{5,300}"
    r"\b(?:wrote|writes|schrieb|a écrit|escribió|ha scritto|schreef|escreveu|napisał\(?a?\)?|ysgrifennodd|skrev)\b"
    r".{0,200}:",
    re.I,
)
_SAYS_WHEN_OR_WHO = re.compile(r"\d|@")
"""A program's line has a date or an address in it; a sentence such as “on the wall somebody wrote:” has neither."""
_ORIGINAL = re.compile(
    r"[-_ ]{2,}\s?(?:original (?:message|appointment)|forwarded message|ursprüngliche nachricht"
    r"|weitergeleitete nachricht|message d'origine|mensaje original)\s?[-_ ]{2,}|begin forwarded message:",
    re.I,
)
_BLOCK_FIRST = re.compile(r"\*?(?:From|Von|De|Da|Van|Od|Oddi wrth)\s?:\*?\s?\S", re.I)
_BLOCK_NEXT = re.compile(
    r"\*?(?:Sent|Date|To|Gesendet|Datum|An|Envoyé|À|Enviado|Para|Inviato|Verzonden|Anfonwyd)\s?:", re.I
)
_LINE = 600
"""Characters of a line that are looked at."""
_MOST_LINES = 1000
"""In which an earlier mail may begin."""


def parted(text: str) -> tuple[str, str]:
    """What was written now, and what is quoted."""
    lines = text.splitlines()
    own: list[str] = []
    quoted: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.lstrip().startswith(">"):
            quoted.append(line.lstrip("> \t"))
        elif length := _introduction(lines, at):
            at += length
            if not _is_marked(lines, at):
                quoted += lines[at:]
                break
            continue
        else:
            own.append(line)
        at += 1
    return "\n".join(own).strip(), "\n".join(quoted).strip()


def _introduction(lines: Sequence[str], at: int) -> int:
    """How many lines say that an earlier mail follows; 0 if none does."""
    if at > _MOST_LINES:
        return 0
    line = lines[at].strip()[:_LINE]
    if _ORIGINAL.match(line) or (_BLOCK_FIRST.match(line) and _BLOCK_NEXT.match(_line(lines, at + 1))):
        return 1
    for length in (1, 2, 3):
        whole = " ".join(_line(lines, at + more) for more in range(length))
        if whole.endswith(":") and _WROTE.fullmatch(whole) and _SAYS_WHEN_OR_WHO.search(whole):
            return length
    return 0


def _is_marked(lines: Sequence[str], at: int) -> bool:
    """Whether the lines that are quoted are marked as such, so that others may be the answer to them."""
    nearest = next((line for line in lines[at : at + 5] if line.strip()), "")
    return nearest.lstrip().startswith(">")


def _line(lines: Sequence[str], at: int) -> str:
    return lines[at].strip()[:_LINE] if at < len(lines) else ""
