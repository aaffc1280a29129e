import asyncio

from mitmproxy.flow import Error
from mitmproxy.http import HTTPFlow
from mitmproxy.proxy.commands import StartHook

from proxy_addons.replay.flow_player import FlowPlayer
from tests.proxy_addons.replay.flows import chat, flow


class Seen:
    def __init__(self) -> None:
        self.hooks: list[str] = []

    async def handle_lifecycle(self, event: StartHook) -> None:
        self.hooks.append(event.name)

    def piece(self, flow: HTTPFlow, data: bytes, *, from_client: bool) -> None:
        pass


def hooks(played: HTTPFlow) -> list[str]:
    seen = Seen()

    async def go() -> None:
        for _, step in FlowPlayer(seen, seen.piece, 1000).steps(played):
            await step()

    asyncio.run(go())
    return seen.hooks


WEB = ["requestheaders", "request", "responseheaders", "response"]


def test_the_addons_are_called_as_the_gateway_calls_them() -> None:
    assert hooks(flow()) == WEB
    assert hooks(chat((True, "a"), (False, "b"))) == [
        *WEB,
        "websocket_start",
        "websocket_message",
        "websocket_message",
        "websocket_end",
    ]


def test_a_chat_in_an_old_dump_is_said_in_bytes() -> None:
    old = chat((True, "a"))
    said = old.websocket.messages if old.websocket else []
    for message in said:
        setattr(message, "content", "nobody likes you")  # noqa: B010 (as mitmproxy reads such a dump, whatever its type)
    hooks(old)
    assert [message.content for message in said] == [b"nobody likes you"]


def test_what_broke_off_ends_in_an_error() -> None:
    broken = flow()
    broken.response, broken.error = None, Error("gone")
    assert hooks(broken) == [*WEB[:2], "error"]
