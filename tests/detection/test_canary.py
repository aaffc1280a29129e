"""Only this hour's token, or the last hour's, makes a test; and the test is of the canary's own words."""

import stat
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from detection.canary import WORDS, Canary, new_key, read_key, token, without_any
from detection.grading import Detection
from detection.observation import Mark
from detection.settings import SettingsError
from tests.detection.factories import NOW, observation

KEY = b"k" * 32
PHRASE = f"{WORDS} {token(KEY, NOW)}"


def found(text: str, at: datetime = NOW, **more: Any) -> Detection | None:
    return Canary(KEY).detection(observation(text=text, seen_at=at, **more), "library-1")


def test_a_token_is_three_groups_of_four() -> None:
    assert token(KEY, NOW) == token(KEY, NOW + timedelta(minutes=29))
    assert [len(group) for group in token(KEY, NOW).split("-")] == [4, 4, 4]


@pytest.mark.parametrize(
    "text", [PHRASE, PHRASE.upper(), f"Hello, {PHRASE}.", f"{WORDS} aaaa-bbbb-cccc {PHRASE}", PHRASE.replace(" ", "+")]
)
def test_the_phrase_is_a_test_wherever_it_stands_and_nothing_beside_it_is_kept(text: str) -> None:
    made = found(text)
    assert made
    seen, (match,) = made.observation, made.matches
    assert (made.severity, seen.marks, seen.id) == (1, {Mark.TEST}, f"{observation().id}-canary")
    assert seen.text.lower().replace("+", " ") == PHRASE
    assert (match.start, match.end, match.written) == (0, len(PHRASE), seen.text)


@pytest.mark.parametrize(
    ("minutes", "good"), [(-31, False), (0, True), (29, True), (30, True), (89, True), (90, False)]
)
def test_a_token_is_good_for_its_hour_and_the_next(minutes: int, good: bool) -> None:
    assert bool(found(PHRASE, NOW + timedelta(minutes=minutes))) is good


@pytest.mark.parametrize(
    "text",
    [
        "",
        WORDS,
        token(KEY, NOW),
        f"{WORDS} {token(b'o' * 32, NOW)}",
        f"{PHRASE}x",
        f"{PHRASE[:-1]}",
        f"{WORDS} aaaa-bbbb-cccc " * 50 + PHRASE,
    ],
)
def test_anything_else_is_no_test(text: str) -> None:
    assert found(text) is None


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"i will {PHRASE} harm you", "i will harm you"),
        (f"{PHRASE} one {PHRASE}", "one"),
        (PHRASE, ""),
        ("i will harm you", "i will harm you"),
        (f"i {WORDS} aaaa-bbbb-cccc am", f"i {WORDS} aaaa-bbbb-cccc am"),
    ],
)
def test_what_else_was_said_is_without_the_phrase(text: str, left: str) -> None:
    assert Canary(KEY).without(observation(text=text)).text == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"i {WORDS} aaaa-bbbb-cccc am {PHRASE}", "i am"),
        (f"i {WORDS} am ", f"i {WORDS} am "),
        (" as it is", " as it is"),
    ],
)
def test_without_a_key_every_phrase_is_cut_out(text: str, left: str) -> None:
    assert without_any(text) == left


@pytest.mark.parametrize(
    ("text", "shift", "stale"),
    [
        (PHRASE, timedelta(hours=0), False),
        (PHRASE, timedelta(hours=2), True),
        (PHRASE, timedelta(days=1), True),
        (PHRASE, timedelta(hours=-3), True),
        (f"{WORDS} {token(b'o' * 32, NOW)}", timedelta(), True),
        (f"{PHRASE} {WORDS} aaaa-bbbb-cccc", timedelta(), False),
        ("the canary sings in the gatehouse", timedelta(), False),
    ],
    ids=["this hour", "old", "of another day", "a clock set back", "of another key", "one good, one bad", "no canary"],
)
def test_a_phrase_that_is_no_test_any_more_is_known(text: str, shift: timedelta, stale: bool) -> None:
    assert Canary(KEY).is_stale(observation(text=text, seen_at=NOW + shift)) is stale


def test_each_way_is_a_test_of_its_own() -> None:
    here, elsewhere = found(PHRASE), found(PHRASE, app="forum.test")
    assert here
    assert elsewhere
    assert here.once != elsewhere.once


def test_a_key_is_its_owners_alone_and_not_replaced(tmp_path: Path) -> None:
    new_key(tmp_path / "key")
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    assert len(read_key(tmp_path / "key")) == 32
    with pytest.raises(FileExistsError):
        new_key(tmp_path / "key")


@pytest.mark.parametrize(
    ("content", "mode", "why"),
    [(None, 0o600, "cannot be read: No such file"), (b"x" * 15, 0o600, "is too short"), (KEY, 0o640, "chmod 600 it")],
)
def test_a_key_that_will_not_do_is_said(tmp_path: Path, content: bytes | None, mode: int, why: str) -> None:
    if content:
        (tmp_path / "key").write_bytes(content)
        (tmp_path / "key").chmod(mode)
    with pytest.raises(SettingsError, match=f"key: canary_key: .*{why}"):
        read_key(tmp_path / "key")
