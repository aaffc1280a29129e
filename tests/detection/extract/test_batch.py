from hypothesis import given
from hypothesis import strategies as st

from detection.extract import extract
from detection.extract.base import Message
from detection.observation import Channel, Direction
from tests.detection.extract.factories import only, said, shown, written

ANSWER = b"""--b\r
Content-Type: application/http\r
Content-ID: <response-1>\r
\r
HTTP/1.1 200 OK\r
Content-Type: application/json; charset=UTF-8\r
\r
{"title": "Rivers of Wales"}\r
--b\r
Content-Type: application/http\r
\r
HTTP/1.1 404 Not Found\r
\r
\r
--b--\r
"""
CHANGES = b"""--b
Content-Type: multipart/mixed; boundary=c

--c
Content-Type: application/http

POST /rooms/7/messages HTTP/1.1
Content-Type: application/json

{"text": "see you there"}
--c--
--b--
"""
DEFERRED = b"""---
content-type: application/json

{"data": {"post": {"body": "Rivers of Wales"}}, "hasNext": true}
---
content-type: application/json

{"incremental": [{"data": {"comment": "What a river"}}], "hasNext": false}
-----
"""
UPLOAD = b"""--b
Content-Type: application/json

{"description": "A walk by the river"}
--b
Content-Type: image/png

see you there by the river
--b--
"""


def test_whole_messages_in_a_batch_are_read() -> None:
    assert said(shown(ANSWER, "multipart/mixed")) == [(Channel.PAGE, "Rivers of Wales")]


def test_a_change_in_a_set_is_read_as_what_it_asks_for() -> None:
    passage = only(written(CHANGES, "multipart/mixed", url="https://site.example/api/$batch"))
    assert (passage.channel, passage.text, passage.conversation) == (Channel.MESSAGE, "see you there", "7")


def test_an_answer_in_parts_is_read() -> None:
    assert [text for _, text in said(shown(DEFERRED, "multipart/mixed"))] == ["Rivers of Wales", "What a river"]


def test_a_file_goes_unread_and_its_description_does_not() -> None:
    assert said(written(UPLOAD, "multipart/related")) == [(Channel.POST, "A walk by the river")]


PIECES = [ANSWER, CHANGES, b"--b\n", b"Content-Type: application/http\n", b"\n\n", b"GET http://[ H\n", b"\xff", b"{"]


@given(st.lists(st.sampled_from(PIECES), max_size=12), st.sampled_from(Direction))
def test_any_bytes_are_answered(pieces: list[bytes], direction: Direction) -> None:
    list(
        extract(
            Message(url="https://a.example", media_type="multipart/mixed", body=b"".join(pieces), direction=direction)
        )
    )
