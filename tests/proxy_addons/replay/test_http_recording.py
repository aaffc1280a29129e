from mitmproxy.options import Options
from mitmproxy.proxy.context import Context
from mitmproxy.proxy.layer import CommandGenerator
from mitmproxy.proxy.layers.http._base import ReceiveHttp
from mitmproxy.proxy.layers.http._events import RequestEndOfMessage, ResponseData

from proxy_addons.replay.ends import Ends, client_of
from proxy_addons.replay.exchange import MOST_EARLY, Exchange
from proxy_addons.replay.http_recording import HttpRecording
from tests.proxy_addons.replay.factories import NOON, PUPIL, WEB


class Silent(HttpRecording[Exchange]):
    def _handle_event(self, event: object) -> None:  # type: ignore[override]
        raise AssertionError(event)

    def _end_request(self, exchange: Exchange) -> CommandGenerator[None]:
        exchange.asked = True
        yield ReceiveHttp(RequestEndOfMessage(exchange.id))
        for event in exchange.release():
            yield ReceiveHttp(event)


def test_a_recording_of_which_nothing_else_is_known_leads_nowhere() -> None:
    client = client_of(Ends((PUPIL, 40000), (WEB, 80)), NOON)
    recording = Silent(Context(client, Options()))
    recording.sent(ResponseData(1, b"x"))
    told = (
        recording.leads_to,
        recording.upgraded,
        recording.skipped,
        len(recording.unread),
        recording.leftover(client),
    )
    assert told == ("", None, 0, 0, b"")


def test_an_answer_is_told_behind_its_request_which_ends_when_no_more_can_wait() -> None:
    recording = Silent(Context(client_of(Ends((PUPIL, 40000), (WEB, 80)), NOON), Options()))
    exchange = Exchange(1)
    assert list(recording._send(exchange, ResponseData(1, bytes(MOST_EARLY)))) == []
    told = [command.event for command in recording._send(exchange, ResponseData(1, b"x"))]  # type: ignore[attr-defined]
    assert [type(event) for event in told] == [RequestEndOfMessage, ResponseData, ResponseData]
    assert len(list(recording._send(exchange, ResponseData(1, b"y")))) == 1
