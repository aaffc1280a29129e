import base64
import json

from hypothesis import given
from hypothesis import strategies as st

from detection.extract.json_documents import Json
from detection.extract.meta_socket import values
from tests.detection.extract.test_meta_gateway import data
from tests.detection.extract.test_mqtt import publish

SAID: Json = {"text_body": "hello there, this is a message", "message_id": "m1"}
CODED = json.dumps(SAID).encode()


def test_json_published_over_mqtt_is_found() -> None:
    assert list(values("/chat", publish(b"[" + CODED + b"]", topic=b"/ig_message_sync"))) == [[SAID]]


def test_json_in_gateway_frames_is_found() -> None:
    assert list(values("/ws/lightspeed", data(b"\x80" + CODED))) == [SAID]


def test_json_coded_within_a_gateways_payload_is_found() -> None:
    outer = {"request_id": None, "payload": base64.b64encode(b"\x0a\x02" + CODED + b"\x12\x01").decode()}
    assert list(values("/ws/lightspeed", data(b"\x80" + json.dumps(outer).encode()))) == [outer, SAID]


@given(st.sampled_from(["/chat", "/ws/lightspeed"]), st.binary(max_size=200))
def test_any_bytes_are_answered(path: str, frame: bytes) -> None:
    list(values(path, frame))
