from mitmproxy.options import Options
from mitmproxy.proxy.context import Context
from mitmproxy.proxy.layers.http._events import ResponseData

from proxy_addons.replay.ends import Ends, client_of
from proxy_addons.replay.http_recording import HttpRecording
from tests.proxy_addons.replay.factories import NOON, PUPIL, WEB


class Silent(HttpRecording):
    def _handle_event(self, event: object) -> None:  # type: ignore[override]
        raise AssertionError(event)


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
