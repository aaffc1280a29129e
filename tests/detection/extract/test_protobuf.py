import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection.extract.json_documents import Json
from detection.extract.protobuf import texts
from tests.detection.extract.wire import number, sized, varint

SAID = "see you at the river"


def flat(value: Json) -> list[str]:
    return [value] if isinstance(value, str) else [s for v in value for s in flat(v)] if isinstance(value, list) else []


MESSAGES = {
    "a text": (sized(1, SAID), [SAID]),
    "among numbers": (number(1, 300) + sized(2, SAID) + b"\x1d\0\0\0\0" + b"\x21" + bytes(8), [SAID]),
    "nested": (sized(3, number(1, 5) + sized(2, sized(1, SAID))), [SAID]),
    "only a text inside": (sized(1, sized(1, SAID)), [SAID]),
    "in a group": (b"\x0b" + sized(2, SAID) + b"\x0c", [SAID]),
    "repeated": (sized(4, "one") + sized(4, "two"), ["one", "two"]),
    "a high field": (sized(90_000, SAID), [SAID]),
    "another alphabet": (sized(1, "до свидания"), ["до свидания"]),
    "beside bytes": (sized(1, b"\xff\xfe\xfd") + sized(2, SAID), [SAID]),
    "of two lines": (sized(1, "see you\nthere"), ["see you\nthere"]),
}


@pytest.mark.parametrize("message", MESSAGES)
def test_the_texts_of_a_message_are_found_each_once(message: str) -> None:
    body, expected = MESSAGES[message]
    assert flat(texts(body)) == expected


@pytest.mark.parametrize("word", ["hi", "maybe", "I love yo", "xy", "(a"])
def test_a_text_that_would_do_as_a_message_is_a_text(word: str) -> None:
    assert texts(word.encode()) is not None
    assert flat(texts(sized(1, word))) == [word]


@pytest.mark.parametrize(
    "body", [b"\x07", b"\0\0", b"\x0c", b"\x0b", b"\x08", b"\x12\x05abc", b"\xff" * 20, b"\x0a\xff"]
)
def test_other_bytes_are_no_message(body: bytes) -> None:
    assert texts(body) is None


def test_a_message_that_broke_off_is_read_as_far_as_it_goes() -> None:
    body = sized(1, "one") + sized(2, number(1, 4) + sized(2, "до свидания"))
    assert texts(body[:-1]) is None
    assert flat(texts(body[:-1], cut=True)) == ["one", "до свидани"]


def test_depth_is_bounded() -> None:
    body = SAID.encode()
    for _ in range(2000):
        body = sized(1, b"\x08\x01" + (varint(0xA) + varint(len(body)) + body))
    assert SAID not in flat(texts(body))


@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_are_answered(body: bytes, cut: bool) -> None:
    assert all(flat(texts(body, cut=cut)))


@given(st.data())
def test_a_changed_message_is_answered(data: st.DataObject) -> None:
    body = bytearray(b"".join(made for made, _ in MESSAGES.values()))
    for _ in range(data.draw(st.integers(1, 5))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    assert all(flat(texts(bytes(body), cut=True)))
