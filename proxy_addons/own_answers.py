"""What the gateway answers itself no other addon sees: it went nowhere, and is nobody's browsing."""

from mitmproxy.exceptions import AddonHalt
from mitmproxy.http import HTTPFlow, Response

ANSWERED = "gatehouse.answered"
"""Flow metadata: by the gateway itself."""


class OwnAnswers:
    """First of all addons."""

    def request(self, flow: HTTPFlow) -> None:
        _halt(flow)

    def responseheaders(self, flow: HTTPFlow) -> None:
        _halt(flow)

    def response(self, flow: HTTPFlow) -> None:
        _halt(flow)

    def error(self, flow: HTTPFlow) -> None:
        _halt(flow)


def answer(flow: HTTPFlow, response: Response | None) -> None:
    """For ``requestheaders``: the last that is said of this request. None: nothing, the connection is shut.

    Likewise where it is too long to be waited for: mitmproxy cannot answer what it has begun to pass on.
    """
    flow.metadata[ANSWERED] = True
    if response is None or flow.request.stream:
        flow.kill()
    else:
        flow.response = response
    raise AddonHalt


def _halt(flow: HTTPFlow) -> None:
    if flow.metadata.get(ANSWERED):
        raise AddonHalt
