"""E-mail addresses of which the words around them say that they are the writer's own."""

import re
from collections.abc import Iterator

from detection.personal_information.finding import HIDDEN, Finding, around

_ADDRESS = re.compile(
    r"(?<![\w.+-])([a-z0-9][a-z0-9._%+-]{0,63})@((?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,10})(?![\w-])", re.I
)
_NOBODY = re.compile(
    r"(?:no-?reply|do-?not-?reply|info|hello|contact|enquir\w*|support|help|admin|office|sales|orders?)\b", re.I
)
"""Desks, not people."""
_OWN = re.compile(
    r"\b(?:my\s+(?:\w+\s+)?(?:e-?mail|mail|gmail|address)|(?:e-?mail|mail|message|msg|contact|add|reach|hmu|write|text|find)"
    r"(?:\s+to)?\s+(?:me|us)|(?:me|us)\s+(?:at|on|an\s+e-?mail)|mine\s+is|mine's|my\s+(?:paypal|icloud|apple\s+id))\b"
)


def email_addresses(text: str) -> Iterator[Finding]:
    if "@" not in text:
        return
    for found in _ADDRESS.finditer(text):
        if not _NOBODY.match(found[1]):
            own = _OWN.search(around(text, *found.span()).partition("\n")[0]) is not None
            shown = f"{found[1][0]}{HIDDEN * 3}@{found[2]}"
            yield Finding(kind="email", start=found.start(), end=found.end(), shown=shown, own=own)
