"""Home addresses in the United Kingdom: house number, street, a postcode that can exist, and words that say whose."""

import re
from collections.abc import Iterator

from detection.personal_information.finding import HIDDEN, Finding, around

_AREAS = frozenset(
    """
    AB AL B BA BB BD BF BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G
    GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW
    OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD
    WF WN WR WS WV YO ZE
""".split()  # noqa: SIM905 (a table)
)
_POSTCODE = re.compile(r"\b([A-Z]{1,2})(\d[A-HJKMNP-Y\d]?)[ \xa0]{0,2}(\d[ABD-HJLNP-UW-Z]{2})\b", re.I)
_STREET = re.compile(
    r"\b(?:(?:flat|apartment|apt|unit)\s+\w{1,4},?\s+)?\d{1,4}\s?[a-f]?,?\s+(?:[^\W\d_][\w'’.-]*\s+){0,3}?"
    r"(?:street|str|st|road|rd|lane|ln|avenue|ave|close|cl|drive|dr|way|court|ct|crescent|cres|terrace|place|pl|gardens|"
    r"gdns|grove|hill|mews|row|walk|square|sq|park|rise|view|green|parade|villas|estate)\b",
    re.I,
)
_NEAR = 120
"""Characters between street and postcode: a town and a county have room."""
_OWN = re.compile(
    r"\b(?:my\s+(?:house|home|address|place|flat|gaff|yard|mums?|mum's|dads?|dad's|nans?|nan's)|our\s+(?:house|home|flat|address)"
    r"|(?:i|we)\s+(?:live|stay)|i'?m\s+at|i\s+am\s+at|come\s+(?:over|round|to)|pick\s+me\s+up|meet\s+me|round\s+mine|(?:to|at)\s+mine"
    r"|mine\s+is|living\s+at|find\s+me|visit\s+me)\b"
)


def home_addresses(text: str) -> Iterator[Finding]:
    reached = 0
    for postcode in _POSTCODE.finditer(text):
        if postcode[1].upper() not in _AREAS:
            continue
        start, end = max(reached, postcode.start() - _NEAR), postcode.end()
        if street := _last(_STREET.finditer(text, start, postcode.start())):
            start, reached = street.start(), end
            own = _OWN.search(around(text, start, end)) is not None
            yield Finding(kind="address", start=start, end=end, shown=_shown(text, street, postcode), own=own)


def _last(found: Iterator[re.Match[str]]) -> re.Match[str] | None:
    last = None
    for last in found:  # noqa: B007 (the last one is what is wanted)
        pass
    return last


def _shown(text: str, street: re.Match[str], postcode: re.Match[str]) -> str:
    """The street and the postcode's first half: neither the house nor the rest of the code."""
    before = re.sub(r"\d", HIDDEN, text[street.start() : postcode.start()])
    return f"{' '.join(before.split())} {postcode[1]}{postcode[2]} {HIDDEN * 3}"
