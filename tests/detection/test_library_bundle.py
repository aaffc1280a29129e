"""A bundle is used only if the appliance signed it, nobody changed it, and nothing newer is in force."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from nacl.signing import SigningKey

from detection.group_libraries import Difference, version
from detection.library import dump
from detection.library_bundle import Bundle, BundleError, build, read, verify
from tests.detection.factories import NOW
from tests.detection.libraries import a, library

KEY = SigningKey.generate()
OTHER = SigningKey.generate()
LIBRARY = library(a("go away", hits=("go away",)), a("get lost", hits=("get lost",)))
BUNDLE = Bundle(library=LIBRARY, serial=7, built_by="Jo Bell", built_at=NOW)
YEAR_12 = Difference(frozenset({"en.bullying.go-away"}), (a("purple giraffe", hits=("purple giraffe",)),))


def test_what_was_built_is_read_back_the_same() -> None:
    found = verify(build(BUNDLE, KEY), KEY.verify_key, in_force=7)
    assert found.library.version == LIBRARY.version
    assert set(found.library.phrases) == set(LIBRARY.phrases)
    assert replace(found, library=LIBRARY) == BUNDLE


def test_of_a_groups_library_only_what_differs_travels() -> None:
    signed = build(replace(BUNDLE, groups={"Year 12": YEAR_12}), KEY)
    assert verify(signed, KEY.verify_key).groups == {"Year 12": YEAR_12}
    assert signed.count(b"get lost") == build(BUNDLE, KEY).count(b"get lost")


def test_a_bundle_of_an_appliance_that_knows_no_groups_has_none() -> None:
    table = json.loads(build(BUNDLE, KEY)[64:])
    del table["groups"]
    assert verify(bytes(KEY.sign(json.dumps(table).encode())), KEY.verify_key).groups == {}


def test_the_same_is_built_of_the_same() -> None:
    turned = replace(BUNDLE, library=library(*reversed(LIBRARY.phrases)))
    assert build(BUNDLE, KEY) == build(turned, KEY)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda signed: bytes(OTHER.sign(signed[64:])),
        lambda signed: signed.replace(b"get lost", b"get last"),
        lambda signed: signed[:-1],
        lambda signed: bytes([signed[0] ^ 1]) + signed[1:],
        lambda signed: signed[:40],
        lambda _: b"",
    ],
    ids=["another key", "altered", "cut off", "another signature", "no content", "nothing"],
)
def test_what_does_not_verify_is_refused(spoil: Callable[[bytes], bytes]) -> None:
    with pytest.raises(BundleError, match="not signed with the appliance's key, or was changed on its way"):
        verify(spoil(build(BUNDLE, KEY)), KEY.verify_key)


def test_an_older_one_is_refused_unless_it_goes_back_on_purpose() -> None:
    with pytest.raises(BundleError, match=r"older \(serial 7\) than the one in force \(serial 8\)"):
        verify(build(BUNDLE, KEY), KEY.verify_key, in_force=8)
    assert verify(build(replace(BUNDLE, rollback=True), KEY), KEY.verify_key, in_force=8).rollback


def group(**changes: Any) -> bytes:
    plain = {"name": "Year 12", "gone": [], "phrases": [], "version": version(LIBRARY, Difference())}
    return signed(groups=[plain | changes])


def signed(**changes: Any) -> bytes:
    table = json.loads(build(BUNDLE, KEY)[64:]) | changes
    return bytes(KEY.sign(json.dumps(table).encode()))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (bytes(KEY.sign(b"not json")), "cannot be read"),
        (bytes(KEY.sign(b"[]")), "cannot be read: payload: must be an object"),
        (signed(format=2), "is of format 2, this program reads 1; bring it up to date"),
        (signed(serial="7"), "serial: must be a whole number"),
        (signed(built_at="noon"), "built_at: is not a time"),
        (signed(library=None), "library: must be an object"),
        (signed(library=dump(LIBRARY) | {"version": "0" * 12}), "says it is version 000000000000, but its content"),
        (signed(library={**dump(LIBRARY), "phrases": dump(LIBRARY)["phrases"] * 2}), "the id is used twice"),
        (signed(groups=7), "groups: must be a list"),
        (group(name=12), r"groups\[0\].name: must be a text"),
        (group(phrases=[{"id": "en.bullying.x", "category": "bullying"}]), "text: is required and missing"),
        (group(gone=["en.bullying.go-away"]), "groups, Year 12: its content is not of the version it says"),
    ],
)
def test_what_is_signed_and_still_no_library_is_refused_in_words(content: bytes, reason: str) -> None:
    with pytest.raises(BundleError, match=reason):
        verify(content, KEY.verify_key)


def test_what_lies_in_ones_own_store_is_read_whoever_signed_it() -> None:
    assert read(build(BUNDLE, OTHER)).serial == 7
