"""Hand one recorded lookup to the addons as mitmproxy would. Nobody asks what was answered: no answer is looked for."""

from typing import Literal

from mitmproxy.dns import DNSFlow
from mitmproxy.proxy.layers.dns import DnsRequestHook

from proxy_addons.replay.dns_message import lookup
from proxy_addons.replay.ends import Ends, Hooks, client_of, server_of

SIZE = "gatehouse.replay.lookup-size"
"""Flow metadata: its bytes."""


async def look_up(hooks: Hooks, ends: Ends, message: bytes, at: float, transport: Literal["tcp", "udp"]) -> None:
    """NoLookupError."""
    asked = lookup(message, at)
    client, server = client_of(ends, at), server_of(ends, at)
    client.transport_protocol = server.transport_protocol = transport
    flow = DNSFlow(client, server, live=True)
    flow.request = asked
    await _hand_on(hooks, flow, len(message))


async def look_up_again(hooks: Hooks, flow: DNSFlow) -> None:
    """One that was recorded as a flow."""
    await _hand_on(hooks, flow, len(flow.request.packed))


async def _hand_on(hooks: Hooks, flow: DNSFlow, size: int) -> None:
    flow.metadata[SIZE] = size
    await hooks.handle_lifecycle(DnsRequestHook(flow))
