"""What mitmproxy must do, whoever started it, and what it must not."""

from pathlib import Path

import certifi

from detection.private_file import replace_privately
from proxy_addons.gateway_settings import GatewaySettings


def mitmproxy_options(settings: GatewaySettings, confdir: Path) -> dict[str, object]:
    """``confdir``: with the certificate to sign with."""
    return {
        "confdir": str(confdir),
        "connection_strategy": "lazy",  # a connection to a host that is left alone is made as the client makes it
        "stream_large_bodies": str(settings.held_bytes),
        "ssl_insecure": False,
        "upstream_cert": False,  # what is signed names the host that was asked for, and no others of a shared server
        "ssl_verify_upstream_trusted_ca": str(_trusted(settings)),
        "http2": True,
        "websocket": True,
    }


def _trusted(settings: GatewaySettings) -> Path:
    """The file of certificate authorities that origins may be signed by."""
    public = Path(certifi.where())
    if settings.origin_ca is None:
        return public
    both = settings.state / "origin-authorities.pem"
    replace_privately(both, public.read_bytes() + b"\n" + settings.origin_ca.read_bytes())  # workers share it
    return both
