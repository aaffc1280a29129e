"""Read a keyword list of Senso: a CSV with a header, columns in any order.

Phrase      the words
Context     where they are looked for; several with a semicolon between them
Action      what is done; rows that are let through are left out
Severity    Low, Medium, High, Urgent, Critical
Match       ALONE, or only with another phrase of the same Type (SAMETYPE) or of any (ANYTYPE)
Type        a grouping of the school's own
"""

import re
from collections.abc import Mapping
from pathlib import Path

from detection.foreign_lists.csv_table import rows
from detection.foreign_lists.entry import Company, Entry, LeftOut, Place, Reading, Refused, Wanted
from detection.foreign_lists.headings import category_of
from detection.foreign_lists.plain import part

COLUMNS = ("phrase", "context", "action", "severity", "match", "type")
CONTEXTS: Mapping[str, tuple[str, ...]] = {
    "keyword": ("written",),
    "websiteurl": ("dns", "search", "url"),
    "caption": ("page", "screen"),
    "websitecontent": ("shown",),
    "application": ("file-name", "screen"),
}
"""Our channels and directions. A search is an address to Senso; a caption is the title of a page or a window."""
EVERYWHERE = ("", "all", "any")
SEVERITIES = {"low": 1, "medium": 2, "high": 3, "urgent": 4, "critical": 5} | {str(n): n for n in range(1, 6)}
MATCHES = {
    "": Company.NONE,
    "alone": Company.NONE,
    "sametype": Company.SAME_GROUP,
    "anytype": Company.ANY_GROUP,
}
LET_THROUGH = ("whitelist", "whitelisted", "allow", "allowed", "allowlist", "ignore", "ignored", "exclude", "excluded")


def read(file: Path, text: str, wanted: Wanted) -> Reading:
    """ValueError where the file has no header of theirs."""
    entries, left_out = list[Entry](), list[LeftOut]()
    for place, cells in rows(file, text, COLUMNS, required="phrase"):
        try:
            if isinstance(cells, Refused):
                raise cells
            entries.append(_entry(place, cells, wanted))
        except Refused as e:
            left_out.append(LeftOut(place, e))
    return Reading(tuple(entries), left_out=tuple(left_out))


def _entry(place: Place, cells: Mapping[str, str], wanted: Wanted) -> Entry:
    if not cells["phrase"]:
        raise Refused("has no phrase")
    if _plain(cells["action"]) in LET_THROUGH:
        raise Refused(f"its action is {_plain(cells['action'])}")
    return Entry(
        place=place,
        parts=(part(cells["phrase"]),),
        category=category_of(cells["type"], wanted, "type"),
        severity=_severity(cells["severity"], wanted.severity),
        channels=_channels(cells["context"]),
        group=cells["type"],
        company=_company(cells["match"]),
    )


def _channels(context: str) -> tuple[str, ...]:
    """Empty means everywhere."""
    named = [_plain(each) for each in re.split(r"[;,|/+]", context)]
    if any(each in EVERYWHERE for each in named):
        return ()
    if unknown := [each for each in named if each not in CONTEXTS]:
        raise Refused("context is not known", f"“{unknown[0]}”; known are {', '.join(CONTEXTS)}")
    return tuple(sorted({channel for each in named for channel in CONTEXTS[each]}))


def _severity(written: str, otherwise: int) -> int:
    if not written:
        return otherwise
    if (severity := SEVERITIES.get(_plain(written))) is None:
        raise Refused("severity is not known", f"“{written}”; known are low, medium, high, urgent, critical")
    return severity


def _company(match: str) -> Company:
    if (company := MATCHES.get(_plain(match))) is None:
        raise Refused("match is not known", f"“{match}”; known are alone, sametype, anytype")
    return company


def _plain(written: str) -> str:
    """“Same Type”, “SAME_TYPE” and “sametype” are one."""
    return re.sub(r"[\s_-]", "", written).casefold()
