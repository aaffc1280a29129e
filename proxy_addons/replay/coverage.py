"""How much of a capture was read, and how much was not, by protocol and by app."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from mitmproxy.dns import DNSFlow
from mitmproxy.http import HTTPFlow
from mitmproxy.tcp import TCPFlow

from detection.grading import Detection
from detection.observation import Channel, Observation
from proxy_addons.identify import address_of
from proxy_addons.inspect_dns import APP as DNS
from proxy_addons.replay.lookups import SIZE
from proxy_addons.request_address import host_of
from proxy_addons.tcp_talk import TALK, Talk

_TCP_BYTES, _TCP_APP = "gatehouse.replay.tcp-bytes", "gatehouse.replay.tcp-app"
PROTOCOLS = ("TLS", "QUIC", "HTTP/3", "HTTP/2", "HTTP", "WebSocket", "DNS", "SOCKS", "UDP", "TCP")
"""Looked for in what was not read, in this order."""
_OF_THE_WEB = ("requests", "answers", "bodies", "messages")
_LEADS_TO = re.compile(r" \((?=to |cert)(?:to ([^\s();]+)(?:; )?)?(?:certificate of ([^\s(),;]+)[^()]*)?\)$")
"""The host asked for, else the first that the server's certificate names."""


@dataclass(slots=True)
class Amount:
    messages: int = 0
    """Requests, or what stands for them in another protocol."""
    bytes: int = 0
    """Of bodies and messages, as they came."""
    passages: int = 0
    """Stretches of text that were compared with the phrases."""
    detections: int = 0
    unread: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By (what, reason)."""

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(
            self.messages + other.messages,
            self.bytes + other.bytes,
            self.passages + other.passages,
            self.detections + other.detections,
            self.unread + other.unread,
        )


class Coverage:
    """An addon, to stand before the others; and told of bodies by the layer below, of text by the reader above."""

    def __init__(self) -> None:
        self._protocols = defaultdict[str, Amount](Amount)
        self._hosts = defaultdict[str, Amount](Amount)
        self._apps = defaultdict[str, Amount](Amount)
        self._app_of = defaultdict[str, Counter[str]](Counter)
        """By host: which apps what was said there belongs to."""
        self._spoken: dict[tuple[str | None, str], str] = {}
        """By client and host: what was spoken to it last, which is what a text from there came by."""

    def requestheaders(self, flow: HTTPFlow) -> None:
        self._spoken[address_of(flow), _host(flow)] = _version(flow)
        for amount in self._of(flow):
            amount.messages += 1

    def piece(self, flow: HTTPFlow, size: int) -> None:
        for amount in self._of(flow):
            amount.bytes += size

    def websocket_message(self, flow: HTTPFlow) -> None:
        if flow.websocket:
            self._spoken[address_of(flow), _host(flow)] = "WebSocket"
            for amount in (self._protocols["WebSocket"], self._hosts[_host(flow)]):
                amount.messages += 1
                amount.bytes += len(flow.websocket.messages[-1].content)

    def tcp_message(self, flow: TCPFlow) -> None:
        flow.metadata[_TCP_BYTES] = flow.metadata.get(_TCP_BYTES, 0) + len(flow.messages[-1].content)
        self._recognise(flow)

    def tcp_end(self, flow: TCPFlow) -> None:
        """What was spoken is known by now, if ever."""
        self._recognise(flow)
        self._protocols[flow.metadata.get(_TCP_APP, "TCP")].bytes += flow.metadata.get(_TCP_BYTES, 0)

    def dns_request(self, flow: DNSFlow) -> None:
        for amount in (self._protocols[DNS], self._apps[DNS]):
            amount.messages += 1
            amount.bytes += flow.metadata[SIZE]

    def said(self, observation: Observation, detection: Detection | None) -> None:
        """A text was compared with the phrases."""
        where = urlsplit(observation.location) if "://" in observation.location[:12] else None
        amounts = [self._apps[observation.app or "no app"]]
        if observation.channel is Channel.DNS:
            amounts.append(self._protocols[DNS])
        elif where and not where.scheme.startswith(("http", "ws")):
            amounts.append(self._protocols[where.scheme.upper()])
            for amount in amounts:
                amount.messages += 1
        elif where and where.hostname:
            spoken = self._spoken.get((observation.subject.address, where.hostname), "HTTP")
            amounts.append(self._protocols[spoken])
            self._app_of[where.hostname][observation.app or "no app"] += 1
        for amount in amounts:
            amount.passages += 1
            amount.detections += detection is not None

    def __add__(self, other: "Coverage") -> "Coverage":
        """Of other clients of the same capture."""
        made = Coverage()
        for each in (self, other):
            for into, amounts in (
                (made._protocols, each._protocols), (made._hosts, each._hosts), (made._apps, each._apps),
            ):  # fmt: skip
                for name, amount in amounts.items():
                    into[name] += amount
            for host, apps in each._app_of.items():
                made._app_of[host] += apps
        return made

    def by_protocol(self, unread: Mapping[tuple[str, str], int]) -> dict[str, Amount]:
        """With what was not read, in order of names."""
        found = defaultdict[str, Amount](Amount, {name: amount + Amount() for name, amount in self._protocols.items()})
        for (what, reason), number in unread.items():
            found[_protocol(what)].unread[what, _LEADS_TO.sub("", reason)] += number
        return dict(sorted(found.items()))

    def by_app(self, unread: Mapping[tuple[str, str], int]) -> dict[str, Amount]:
        """Where most was said first. A host at which nothing was said stands for itself."""
        found = defaultdict[str, Amount](Amount, {name: amount + Amount() for name, amount in self._apps.items()})
        for host, amount in self._hosts.items():
            found[self._app(host)] += amount
        for (what, reason), number in unread.items():
            if leads_to := _LEADS_TO.search(reason):
                found[self._app((leads_to[1] or leads_to[2]).lower())].unread[what, _LEADS_TO.sub("", reason)] += number
        return dict(sorted(found.items(), key=lambda item: (-item[1].passages, -item[1].bytes, item[0])))

    def _app(self, host: str) -> str:
        known = self._app_of.get(host)
        return max(known, key=lambda app: (known[app], app)) if known else host

    def _of(self, flow: HTTPFlow) -> tuple[Amount, Amount]:
        return self._protocols[_version(flow)], self._hosts[_host(flow)]

    @staticmethod
    def _recognise(flow: TCPFlow) -> None:
        talk = flow.metadata.get(TALK)
        if isinstance(talk, Talk) and talk.conversation.app:
            flow.metadata[_TCP_APP] = talk.conversation.app.upper()


def _host(flow: HTTPFlow) -> str:
    return host_of(flow.request).lower()


def _version(flow: HTTPFlow) -> str:
    version = flow.request.http_version
    return version if version == "HTTP/1.0" else version.removesuffix(".0")


def _protocol(what: str) -> str:
    """Which protocol what was not read belongs to."""
    if what in _OF_THE_WEB:
        return "HTTP"
    return next((name for name in PROTOCOLS if name in what), what)
