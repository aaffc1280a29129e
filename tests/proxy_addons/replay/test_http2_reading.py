from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import DataReceived, StreamEnded
from h2.exceptions import ProtocolError
from hyperframe.frame import DataFrame, GoAwayFrame, WindowUpdateFrame

from proxy_addons.replay.http2_reading import Http2Reading

ASKED = [(":method", "POST"), (":scheme", "https"), (":authority", "news.test"), (":path", "/")]


def talk() -> tuple[H2Connection, Http2Reading]:
    """A client that has begun a request, and who reads what it says."""
    client, reading = H2Connection(), Http2Reading(H2Configuration(client_side=False))
    client.initiate_connection()
    reading.initiate_connection()
    client.send_headers(1, ASKED)
    reading.receive_data(client.data_to_send())
    return client, reading


def test_what_comes_of_one_body_at_once_is_told_at_once() -> None:
    client, reading = talk()
    for piece in (b"no", b"body ", b"likes"):
        client.send_data(1, piece, pad_length=3)
    client.end_stream(1)
    told = reading.receive_data(client.data_to_send())
    bodies = [event for event in told if isinstance(event, DataReceived)]
    assert b"".join(event.data for event in bodies) == b"nobody likes"
    assert bodies[0].data == b"nobody likes"
    assert isinstance(told[-1], StreamEnded)


def test_bodies_that_come_by_turns_keep_their_order() -> None:
    client, reading = talk()
    client.send_headers(3, ASKED)
    for number, piece in ((1, b"a"), (3, b"x"), (1, b"b"), (3, b"y"), (3, b"z")):
        client.send_data(number, piece)
    told = [event for event in reading.receive_data(client.data_to_send()) if isinstance(event, DataReceived)]
    assert [(event.stream_id, event.data) for event in told] == [(1, b"a"), (3, b"x"), (1, b"b"), (3, b"yz")]


def test_what_is_sent_behind_a_bodys_end_is_none_of_it() -> None:
    client, reading = talk()
    client.end_stream(1)
    reading.receive_data(client.data_to_send())
    told = reading.receive_data(DataFrame(1, b"more").serialize())
    assert not [event for event in told if isinstance(event, DataReceived)]


def test_a_body_longer_than_its_head_says_is_read_whole() -> None:
    client, reading = talk()
    client.send_headers(3, [*ASKED, ("content-length", "5")])
    client.send_data(3, b"nobody likes you", end_stream=True)
    told = reading.receive_data(client.data_to_send())
    assert [event.data for event in told if isinstance(event, DataReceived)] == [b"nobody likes you"]


def test_what_came_before_a_frame_that_cannot_be_is_told() -> None:
    client, reading = talk()
    client.send_data(1, b"nobody likes you")
    no_frame = bytes(3) + b"\1\4\0\0\0\2"
    told = reading.receive_data(client.data_to_send() + WindowUpdateFrame(1, 1).serialize() + no_frame)
    assert [event.data for event in told if isinstance(event, DataReceived)] == [b"nobody likes you"]
    assert isinstance(told[-1], ProtocolError)


def test_pieces_of_any_size_give_the_same_bodies() -> None:
    said = H2Connection()
    said.initiate_connection()
    said.send_headers(1, ASKED)
    said.send_data(1, b"nobody likes you", end_stream=True)
    whole = said.data_to_send() + GoAwayFrame(0).serialize()
    for size in (1, 7, len(whole)):
        reading = Http2Reading(H2Configuration(client_side=False))
        reading.initiate_connection()
        told = [one for at in range(0, len(whole), size) for one in reading.receive_data(whole[at : at + size])]
        assert b"".join(event.data for event in told if isinstance(event, DataReceived)) == b"nobody likes you"
