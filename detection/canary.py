"""The canary: a made-up phrase with the hour's token, by which a school proves that what is written is seen and told.

Only who holds the key can make a token, and it covers its own few words: whatever else a text says is graded as ever.
"""

import hashlib
import hmac
import os
import re
from base64 import b32encode
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from detection.categories import ConcernRole
from detection.grading import ENGINE_VERSION, POLICY_VERSION, Detection
from detection.library import Category, Phrase
from detection.matcher import Match
from detection.observation import Mark, Observation
from detection.private_file import write_privately
from detection.settings import SettingsError

WORDS = "gatehouse canary"
KEY_BYTES = 32
_LEAST = 16
"""Bytes of a key."""
_LETTERS = 12
"""Of a token: 60 bits, good for less than two hours."""
_MOST = 20
"""Phrases looked at in one text."""
_WRITTEN = re.compile(r"gatehouse[\s+]canary[\s+]([a-z2-7]{4}-[a-z2-7]{4}-[a-z2-7]{4})(?![a-z0-9-])", re.IGNORECASE)
_PHRASE = Phrase(
    id="canary",
    text=WORDS,
    category=Category.BYPASS,
    severity=1,
    gloss="A test that monitoring works, with a token that only the school's own key makes",
)


def new_key(file: Path) -> None:
    """Readable by its owner only. Refuses to replace one."""
    write_privately(file, os.urandom(KEY_BYTES))


def read_key(file: Path) -> bytes:
    """SettingsError where it cannot be read, is too short, or can be read by others."""
    try:
        with file.open("rb") as opened:
            key, mode = opened.read(1024), os.fstat(opened.fileno()).st_mode
    except OSError as e:
        raise SettingsError(f"{file}: canary_key: cannot be read: {e.strerror}") from e
    if os.name == "posix" and mode & 0o077:
        raise SettingsError(f"{file}: canary_key: others can read it; chmod 600 it")
    if len(key) < _LEAST:
        raise SettingsError(f"{file}: canary_key: is too short; gatehouse canary new makes one")
    return key


def token(key: bytes, at: datetime) -> str:
    """Of the hour in which ``at`` lies."""
    hour = f"{at.astimezone(UTC):%Y-%m-%dT%H}"
    letters = b32encode(hmac.digest(key, hour.encode(), "sha256")).decode("ascii").lower()[:_LETTERS]
    return "-".join(letters[start : start + 4] for start in range(0, _LETTERS, 4))


class Canary:
    def __init__(self, key: bytes) -> None:
        self._key = key

    def detection(self, seen: Observation, library_version: str) -> Detection | None:
        """Of the phrase alone, cut out of what was seen; None where there is none with a token of this hour or the
        one before."""
        match = next(iter(self._valid(seen)), None)
        if match is None:
            return None
        alone = replace(
            seen,
            id=f"{seen.id}-canary",
            text=match.written,
            marks=seen.marks | {Mark.TEST},
            evidence=None,
        )
        return Detection(
            observation=alone,
            matches=(replace(match, start=0, end=len(match.written)),),
            category=_PHRASE.category,
            severity=_PHRASE.severity,
            score=0.0,
            role=ConcernRole.CONDUCT,
            reasons=(
                "A test of the system: the canary's phrase with the token of its hour.",
                "It covers these words alone; whatever else was written beside them is graded by itself.",
            ),
            once=_once(alone),
            library_version=library_version,
            engine_version=ENGINE_VERSION,
            policy_version=POLICY_VERSION,
        )

    def without(self, seen: Observation) -> Observation:
        """What else was said: as if the phrases with a good token had not been written, not even between its words."""
        found = self._valid(seen)
        return replace(seen, text=_cut(seen.text, [(each.start, each.end) for each in found])) if found else seen

    def is_stale(self, seen: Observation) -> bool:
        """Whether it is the phrase with the token of another hour or key, or none that could be one, and so no test."""
        return not self._valid(seen) and any(_written(seen.text))

    def _valid(self, seen: Observation) -> list[Match]:
        written = list(_written(seen.text))
        if not written:
            return []
        good = [token(self._key, seen.seen_at - timedelta(hours=back)) for back in (0, 1)]
        return [
            Match(_PHRASE, found.start(), found.end(), found[0])
            for found in written
            if any(hmac.compare_digest(found[1].lower(), each) for each in good)
        ]


def without_any(text: str) -> str:
    """As ``Canary.without`` leaves it where every token is good: for who has no key."""
    return _cut(text, [found.span() for found in _written(text)])


def _cut(text: str, spans: Sequence[tuple[int, int]]) -> str:
    end = len(text)
    for start, stop in reversed(spans):
        text, end = f"{text[:start].rstrip()} {text[stop:end].lstrip()}{text[end:]}", start
    return text.strip() if spans else text


def _written(text: str) -> Iterator[re.Match[str]]:
    if "canary" in text.lower():
        yield from islice(_WRITTEN.finditer(text), _MOST)


def _once(seen: Observation) -> str:
    """Each way it takes is a test of its own."""
    parts = (seen.subject.key, "canary", seen.app, seen.channel, seen.direction, seen.text.lower())
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
