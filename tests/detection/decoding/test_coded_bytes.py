import base64
import secrets

import pytest

from detection.decoding.coded_bytes import (
    LONGEST,
    MOST,
    from_base64,
    from_binary,
    from_hex,
    from_percent,
    reads_like_words,
)

SAID = "see you at 5"
BASE64 = base64.b64encode(SAID.encode()).decode()


@pytest.mark.parametrize(
    ("decode", "written", "said"),
    [
        (from_base64, BASE64, SAID),
        (from_base64, BASE64.rstrip("="), SAID),
        (
            from_base64,
            base64.urlsafe_b64encode("naïve people, œufs >> ok?".encode()).decode(),
            "naïve people, œufs >> ok?",
        ),
        (from_base64, base64.b64encode("wo bist du, Käthe".encode()).decode(), "wo bist du, Käthe"),
        (from_hex, SAID.encode().hex(), SAID),
        (from_hex, SAID.encode().hex(" "), SAID),
        (from_hex, SAID.encode().hex(":").upper(), SAID),
        (from_hex, "".join(f"\\x{byte:02x}" for byte in SAID.encode()), SAID),
        (from_hex, " ".join(f"0x{byte:02x}" for byte in SAID.encode()), SAID),
        (from_binary, " ".join(f"{byte:08b}" for byte in SAID.encode()), SAID),
        (from_binary, "".join(f"{byte:08b}" for byte in SAID.encode()), SAID),
        (from_percent, "see%20you%20at%205", SAID),
        (from_percent, "see+you+at%205", SAID),
        (from_percent, "".join(f"%{byte:02X}" for byte in SAID.encode()), SAID),
    ],
)
def test_coded_bytes_are_read(decode: object, written: str, said: str) -> None:
    assert callable(decode)
    (piece,) = decode(f"so: {written}")
    assert piece.text == said
    assert f"so: {written}"[piece.start : piece.end].strip() == written


@pytest.mark.parametrize("decode", [from_base64, from_hex, from_binary, from_percent])
@pytest.mark.parametrize(
    "text",
    [
        "the responsibilities of accommodation in Peterborough",
        "dead beef added, faded decade",
        "ISBN 9780141036144 and 2024-12-01 10:30",
        "100% sure, 50%ad",
        "you & me; R&B; a &made up; one",
        "https://www.example.org/watch",
        "12345678 1010 11001100",
        "McDonald's iPhone JavaScript PhD2025 Year11Maths",
    ],
)
def test_ordinary_writing_is_left_alone(decode: object, text: str) -> None:
    assert callable(decode)
    assert decode(text) == []


def test_chance_bytes_say_nothing() -> None:
    for _ in range(500):
        blob = secrets.token_bytes(48)
        coded = f"{base64.b64encode(blob).decode()} {blob.hex()} {secrets.token_urlsafe(32)}"
        assert [piece.text for piece in from_base64(coded) + from_hex(coded) if " " in piece.text.strip()] == []


def test_a_picture_in_base64_says_nothing() -> None:
    picture = base64.b64encode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + secrets.token_bytes(900)).decode()
    assert from_base64(f"data:image/png;base64,{picture}") == []


def test_what_a_program_coded_is_not_words() -> None:
    token = base64.b64encode(b'{"alg":"HS256","typ":"JWT"}').decode()
    assert from_base64(token) == []


def test_a_run_too_long_and_runs_too_many_are_left() -> None:
    assert from_base64(base64.b64encode(b"see you " * LONGEST).decode()) == []
    assert len(from_base64(f"{BASE64} " * (MOST + 10))) == MOST


@pytest.mark.parametrize(
    ("text", "words"), [("see you", True), ("{}<>;=a", False), ("a\x00bcd", False), ("12 ", False)]
)
def test_words_are_told_from_the_rest(text: str, words: bool) -> None:
    assert reads_like_words(text) is words
