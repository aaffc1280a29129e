"""The extractors together: whatever arrives, they answer."""

from hypothesis import given, settings
from hypothesis import strategies as st

from detection.extract import MOST_PASSAGES, MOST_TEXT, Message, extract
from detection.observation import Direction
from tests.detection.extract.factories import shown, written

TYPES = ["", "text/html", "text/plain", "text/xml", "application/json", "application/x-ndjson", "text/event-stream",
         "application/x-www-form-urlencoded", "multipart/form-data", "image/png", "application/x-protobuf",
         "application/grpc", "application/grpc-web-text", "application/msgpack", "application/octet-stream",
         "multipart/mixed"]  # fmt: skip
PIECES = [b"<", b">", b"</script>", b"<script", b"<!--", b"-->", b"=", b'"', b"'", b"{", b"}", b"[", b"]", b":", b",",
          b'"text"', b'"password"', b"&", b"&#", b"--b\r\n", b"\r\n\r\n", b"name=", b"data: ", b"42", b"hello you",
          b"\xff", b"\0", b"\xed\xa0\x80", b"\\ud83d", b"9", b"\n", b" "]  # fmt: skip
BODIES = st.binary(max_size=200) | st.lists(st.sampled_from(PIECES), max_size=30).map(b"".join)


@settings(max_examples=200, deadline=None)
@given(
    body=BODIES,
    media_type=st.sampled_from(TYPES),
    charset=st.sampled_from(["", "utf-8", "utf-16", "latin1", "shift_jis", "rot13", "\0"]),
    direction=st.sampled_from(Direction),
    frame=st.booleans(),
    url=st.sampled_from(["https://a.example/search?q=%ff", "https://[", "", "wss://a/rooms/%"]),
)
def test_any_bytes_are_answered_without_an_error(
    body: bytes, media_type: str, charset: str, direction: Direction, frame: bool, url: str
) -> None:
    message = Message(
        url=url, method="POST", media_type=media_type, charset=charset, body=body, direction=direction, frame=frame
    )
    for passage in extract(message):
        assert passage.text.strip()
        passage.text.encode()
        assert "\0" not in passage.text


def test_the_number_of_passages_is_bounded() -> None:
    body = [{"user": "bo", "text": f"message number {n}"} for n in range(MOST_PASSAGES * 2)]
    assert len(list(extract(shown(body)))) == MOST_PASSAGES


def test_the_amount_of_text_is_bounded() -> None:
    body = b"one two three " * 1_000_000
    assert sum(len(p.text) for p in extract(shown(body, "text/plain"))) <= MOST_TEXT


def test_a_type_nobody_reads_says_nothing() -> None:
    assert list(extract(written(b"hello you", "application/wasm"))) == []
