import pytest

from proxy_addons.replay.har_entry import HarError, flow_of
from tests.proxy_addons.replay.flows import entry


def test_an_answer_is_told_unpacked_and_without_the_fields_of_http2() -> None:
    flow = flow_of(entry())
    assert flow.response
    assert (flow.request.http_version, flow.response.raw_content) == ("HTTP/2.0", b"<p>Hello.</p>")
    assert ":authority" not in flow.request.headers
    assert "content-encoding" not in flow.response.headers


def test_messages_of_a_websocket_are_there() -> None:
    said = [{"type": "send", "time": 1772539201.5, "opcode": 1, "data": "hi"}]
    flow = flow_of(entry("wss://chat.test/", _webSocketMessages=said))
    assert flow.websocket
    assert [(m.from_client, m.content) for m in flow.websocket.messages] == [(True, b"hi")]


def test_what_was_not_answered_is_an_error() -> None:
    flow = flow_of(entry(response={"status": 0, "_error": "net::ERR_ABORTED", "headers": [], "content": {}}))
    assert flow.response is None
    assert flow.error
    assert flow.error.msg == "net::ERR_ABORTED"


@pytest.mark.parametrize("bad", [None, 7, [], {}, entry(request=None), entry(startedDateTime="x"), entry(time="soon")])
def test_what_is_no_entry_is_told(bad: object) -> None:
    with pytest.raises(HarError):
        flow_of(bad)
