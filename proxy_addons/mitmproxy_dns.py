"""The type of a message to or from a name server, which mitmproxy 12 calls otherwise than mitmproxy 11."""

import sys

if sys.version_info >= (3, 12):  # the locks give mitmproxy 12 from there on
    from mitmproxy.dns import DNSMessage
else:
    from mitmproxy.dns import Message as DNSMessage

__all__ = ["DNSMessage"]
