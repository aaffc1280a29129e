"""Answer the trust check: a host that is nowhere but here, signed as every opened host is.

Whoever gets its answer trusts the school's certificate. Neither that somebody asked nor that they were refused is
counted, identified or kept: a device being set up is no browsing.
"""

from mitmproxy.exceptions import AddonHalt
from mitmproxy.http import HTTPFlow, Response
from mitmproxy.proxy.mode_specs import ProxyMode, TransparentMode
from mitmproxy.tls import ClientHelloData, TlsData

from proxy_addons.own_answers import answer
from proxy_addons.request_address import host_of

LABEL = "trust-check"

_SAID = "This device trusts the school’s certificate."
_PICTURE = f"""<svg xmlns="http://www.w3.org/2000/svg" width="280" height="24" viewBox="0 0 280 24" role="img">
<title>{_SAID}</title>
<path d="M4 12.5l5 5 9-11" fill="none" stroke="#1f5582" stroke-width="3"/>
<text x="28" y="17" font-family="system-ui, sans-serif" font-size="16" fill="#1b2128">It trusts the certificate.</text>
</svg>
"""
_PAGE = """<!doctype html>
<html lang="en-GB"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Trust check</title><h1>{said}</h1>
<p>Nothing more is needed here. <a href="http://{hostname}/">Back to the school’s page</a></p></html>
"""
_BROWSERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors http://{hostname}",
    "Cross-Origin-Resource-Policy": "cross-origin",  # the enrolment page is of another origin, and plain HTTP
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class TrustCheck:
    """Before all addons that count, so that what it answers none of them sees."""

    def __init__(self, hostname: str) -> None:
        """``hostname``: the box's own name. Empty where it has none; then nothing is answered."""
        self._hostname = hostname
        self._host = f"{LABEL}.{hostname}" if hostname else ""

    def tls_clienthello(self, data: ClientHelloData) -> None:
        """Opened whatever a list says: ``console_hosts`` may name a domain above it."""
        named = (data.client_hello.sni or "").lower()
        if named and named in self._answered(data.context.client.proxy_mode):
            raise AddonHalt

    def tls_failed_client(self, data: TlsData) -> None:
        """A device without the certificate, which is what was to be found out."""
        if self._host and data.conn.sni in (self._host, self._hostname):
            raise AddonHalt

    def requestheaders(self, flow: HTTPFlow) -> None:
        said = self._answer(flow)
        if said is not None:
            answer(flow, said if flow.request.method in ("GET", "HEAD", "OPTIONS") else None)

    def _answer(self, flow: HTTPFlow) -> Response | None:
        if flow.request.scheme != "https":
            return None
        host = host_of(flow.request).lower()
        if host not in self._answered(flow.client_conn.proxy_mode):
            return None
        if host == self._host:
            return self._trusted(flow.request.path.partition("?")[0])
        # Browsers try HTTPS first; the page is plain HTTP, since no device could trust it before it was enrolled.
        return Response.make(302, b"", {"Location": f"http://{self._hostname}/", **self._headers()})

    def _trusted(self, path: str) -> Response:
        if path.endswith(".svg"):
            return Response.make(200, _PICTURE.encode(), {"Content-Type": "image/svg+xml", **self._headers()})
        if path.endswith(".json"):
            return Response.make(200, b'{"trusted": true}', {"Content-Type": "application/json", **self._headers()})
        page = _PAGE.format(said=_SAID, hostname=self._hostname)
        return Response.make(200, page.encode(), {"Content-Type": "text/html; charset=utf-8", **self._headers()})

    def _headers(self) -> dict[str, str]:
        policies = {name: value.format(hostname=self._hostname) for name, value in _BROWSERS.items()}
        return policies | {"Access-Control-Allow-Origin": f"http://{self._hostname}"}

    def _answered(self, mode: ProxyMode) -> tuple[str, ...]:
        """The box's own name too, where the gateway is transparent: nothing else listens there on port 443."""
        if not self._host:
            return ()
        return (self._host, self._hostname) if isinstance(mode, TransparentMode) else (self._host,)
