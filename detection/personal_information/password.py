"""Passwords told to somebody: “my password is …”, and what follows is one, not what is wrong with it."""

import re
from collections.abc import Iterator

from detection.personal_information.finding import HIDDEN, Finding

_ACCOUNT = (
    r"(?:insta|instagram|snap|snapchat|roblox|tiktok|discord|netflix|spotify|steam|fortnite|minecraft|psn|xbox|gmail|"
    r"e-?mail|wifi|account|log\s?in|vinted|whatsapp|youtube)"
)
_TOLD = re.compile(
    r"\b(?:(?:my|our)\s+(?:[\w']+\s+){0,2}|the\s+(?=\w+\s+(?:for|to|on|of)\s+my\b)|(?=" + _ACCOUNT + r"\s))"
    r"(?:password|passwrd|passcode|pass\s?word|pw|pword|pswd|pin|" + _ACCOUNT + r"\s+(?:pass(?:\s?word)?|pw))"
    r"(?:\s+(?:for|to|on)\s+(?:[\w']+\s+){0,2}[\w']+)?\s*(?:is|=|:|'s|’s)+\s*[\"'“‘]?(?P<secret>\S{4,40})",
    re.I,
)
_CLOSING = "\"'”’.,!?;:)"
_STATES = frozenset(
    """
    also always already about actually against being blank broken called changed compromised correct different easy
    easier empty encrypted expired expiring from fine forgotten gone good great hacked hard hidden impossible in
    incorrect invalid just kinda known like literally locked lost missing more never none nothing okay only probably
    really right safe same saved secret secure short shorter simple something somewhere still stolen stored strong
    stronger super supposed that there this terrible through too unknown unsafe very weak what when where working
    wrong written your
""".split()  # noqa: SIM905 (a table)
)
"""What is said of passwords."""


def passwords(text: str) -> Iterator[Finding]:
    for found in _TOLD.finditer(text):
        secret = found["secret"].rstrip(_CLOSING)
        if len(secret) < 4 or not _is_secret(secret, text[found.start("secret") + len(secret) :]):
            continue
        start, end = found.start(), found.start("secret") + len(secret)
        told = " ".join(text[start : found.start("secret")].split())
        yield Finding(kind="password", start=start, end=end, shown=f"{told} {HIDDEN * 6}", own=True)


def _is_secret(word: str, after: str) -> bool:
    """Digits and signs within a word, or a word of its own that ends the sentence."""
    if not word.isalpha():
        return any(map(str.isalnum, word)) and not word.startswith(("http", "<", "*"))
    ends = re.match(
        r"\s*(?:$|[\"'”’.,!?;:)\n]|(?:and|but|lol|ok|okay|dont|don't|x|pls|plz|please|so|if)\b)", after, re.I
    )
    return word.lower() not in _STATES and ends is not None
