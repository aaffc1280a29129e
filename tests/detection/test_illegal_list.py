"""A list is used only if it is signed, whole and no older; and the file says nothing of what it lists."""

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest

from detection.illegal_list import ListError, body_hash, build, verify
from tests.detection.illegal import KEY, MD5, OTHER, SHA256, a_list

LIST = a_list(["listed.test", "mixed.test/gallery/", "mixed.test/page?id=7"], [SHA256, MD5])


def test_what_was_built_is_read_back_the_same() -> None:
    assert verify(build(LIST, KEY), KEY.verify_key, in_force=7) == LIST
    assert LIST.entries == 5


def test_no_address_can_be_read_in_the_file() -> None:
    content = build(LIST, KEY)
    assert b"listed" not in content + base64.b64decode(json.loads(content[64:])["addresses"])


def test_the_same_address_is_hashed_otherwise_in_another_list() -> None:
    assert not LIST.addresses & a_list(["listed.test"], salt=b"t" * 16).addresses


@pytest.mark.parametrize(
    ("host", "target", "found"),
    [
        ("www.listed.test", "/any", True),
        ("mixed.test", "/gallery/1.jpg", True),
        ("mixed.test", "/page?id=7", True),
        ("mixed.test", "/page", False),
        ("harmless.test", "/", False),
    ],
)
def test_an_address_is_looked_up(host: str, target: str, found: bool) -> None:
    assert bool(LIST.address(host, target)) is found


def test_a_host_is_known_by_anything_listed_there() -> None:
    assert LIST.names_host("mixed.test")
    assert not LIST.names_host("harmless.test")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda signed: bytes(OTHER.sign(signed[64:])),
        lambda signed: signed[:-1],
        lambda signed: signed.replace(b"Test", b"Toast"),
        lambda signed: signed[64:],
        lambda _: b"",
    ],
    ids=["another key", "cut off", "altered", "unsigned", "nothing"],
)
def test_what_does_not_verify_is_refused(spoil: Callable[[bytes], bytes]) -> None:
    with pytest.raises(ListError, match="is not signed with the key for such lists, or was changed since"):
        verify(spoil(build(LIST, KEY)), KEY.verify_key)


def signed(**changes: Any) -> bytes:
    return bytes(KEY.sign(json.dumps(json.loads(build(LIST, KEY)[64:]) | changes).encode()))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (bytes(KEY.sign(b"not json")), "cannot be read"),
        (bytes(KEY.sign(b"[]")), "payload: must be an object"),
        (signed(kind="library"), "is not a list of illegal content"),
        (signed(format=2), "in format 1, which this program reads"),
        (signed(serial="7"), "serial: must be a whole number"),
        (signed(salt="zz"), "cannot be read"),
        (signed(addresses="!"), "cannot be read"),
        (signed(md5=base64.b64encode(b"x").decode()), "md5: is cut off"),
    ],
)
def test_what_is_signed_and_still_no_list_is_refused_in_words(content: bytes, reason: str) -> None:
    with pytest.raises(ListError, match=reason):
        verify(content, KEY.verify_key)


def test_an_older_edition_is_refused() -> None:
    with pytest.raises(ListError, match=r"is older \(serial 7\) than the one in force \(serial 8\)"):
        verify(build(LIST, KEY), KEY.verify_key, in_force=8)


@pytest.mark.parametrize("written", ["", "ab", "z" * 64, "ab" * 20])
def test_what_is_no_hash_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="must be 64 hexadecimal digits"):
        body_hash(written)
