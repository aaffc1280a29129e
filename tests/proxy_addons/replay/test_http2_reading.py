from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import DataReceived, StreamEnded
from hyperframe.frame import DataFrame

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
    assert bodies[0].flow_controlled_length == len(b"nobody likes") + 3 * 4
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
