"""Flows and messages with plain defaults."""

from mitmproxy import options
from mitmproxy.connection import Server
from mitmproxy.http import Headers, HTTPFlow
from mitmproxy.proxy.context import Context
from mitmproxy.proxy.mode_specs import ProxyMode
from mitmproxy.test import tflow, tutils
from mitmproxy.tls import ClientHello, ClientHelloData

PUPIL = "192.0.2.7"


def flow(
    *,
    url: str = "https://forum.test/",
    method: str = "GET",
    body: bytes = b"",
    answer: bytes | None = None,
    client: str = PUPIL,
    mode: str = "regular",
    status: int = 200,
    answer_headers: dict[str, str] | None = None,
    **headers: str,
) -> HTTPFlow:
    """A request, with its answer if one is given; header names as keywords, "_" for "-"."""
    made = tflow.tflow(req=tutils.treq(method=method.encode(), content=body, headers=Headers(**headers)))
    made.request.url = url
    made.client_conn.peername = (client, 50000)
    made.client_conn.proxy_mode = ProxyMode.parse(mode)
    if answer is not None:
        given = {"content-type": "text/html; charset=utf-8"} | (answer_headers or {})
        made.response = tutils.tresp(
            status_code=status, content=answer, headers=Headers([(k.encode(), v.encode()) for k, v in given.items()])
        )
    return made


def hello(sni: str | None, *, connect: str | None = None, mode: str = "regular") -> ClientHelloData:
    """The start of a TLS connection to ``connect``, which says it is for ``sni``."""
    client = tflow.tclient_conn()
    client.proxy_mode = ProxyMode.parse(mode)
    context = Context(client, options.Options())
    context.server = Server(address=(connect, 443) if connect else None)
    return ClientHelloData(context, _Hello(sni))


class _Hello(ClientHello):
    def __init__(self, sni: str | None) -> None:
        self._sni = sni

    @property
    def sni(self) -> str | None:
        return self._sni
