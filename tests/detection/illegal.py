"""Lists of invented addresses and files, signed with a key made for the tests."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from nacl.signing import SigningKey

from detection.illegal_list import IllegalList, body_hash, build, made
from detection.illegal_lists import Hit, IllegalLists
from detection.illegal_sighting import Sighting
from detection.listed_forms import entry
from detection.observation import Direction, Subject
from tests.detection.factories import NOW

KEY = SigningKey(b"k" * 32)
OTHER = SigningKey(b"o" * 32)
FILE = b"\x89PNG invented bytes"
SHA256, MD5 = hashlib.sha256(FILE).hexdigest(), hashlib.md5(FILE).hexdigest()
HIT = Hit(list_name="Test list", edition="edition 7 of 2026-03-02", entry="ab" * 32, is_file=False)


def a_list(addresses: Iterable[str] = ("listed.test",), bodies: Iterable[str] = (SHA256,), **more: Any) -> IllegalList:
    plain: dict[str, Any] = {
        "name": "Test list",
        "serial": 7,
        "built_by": "Jo Bell",
        "built_at": NOW,
        "salt": b"s" * 16,
    }
    return made(**plain | more, addresses=map(entry, addresses), bodies=map(body_hash, bodies))


def write(file: Path, *, key: SigningKey = KEY, **more: Any) -> Path:
    """A signed list."""
    file.write_bytes(build(a_list(**more), key))
    return file


def lists(file: Path, **more: Any) -> IllegalLists:
    return IllegalLists((write(file, **more),), KEY.verify_key)


def sighting(**more: Any) -> Sighting:
    plain: dict[str, Any] = {
        "subject": Subject(people=("p-17",), address="10.0.0.7"),
        "seen_at": NOW,
        "address": "https://listed.test/page?id=7",
        "direction": Direction.WRITTEN,
        "hit": HIT,
    }
    return Sighting(**plain | more)
