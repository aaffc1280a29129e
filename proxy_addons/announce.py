"""Say that the gateway listens, or why it cannot."""

import os
import sys

from mitmproxy import ctx
from mitmproxy.proxy.mode_specs import ProxyMode


class Announce:
    """Say on standard output that pupils can connect, or on standard error why they cannot."""

    failed = False

    def running(self) -> None:
        for server in ctx.master.addons.get("proxyserver").servers:
            # One that takes both TCP and UDP says the same address twice.
            for host, port in dict.fromkeys(address[:2] for address in server.listen_addrs):
                print(f"gateway: listening on {host}:{port}{_what(server.mode)}", flush=True)
            if not server.listen_addrs:
                self.failed = True
                where = f"{server.mode.listen_host(ctx.options.listen_host)}:"
                where += str(server.mode.listen_port(ctx.options.listen_port))
                why = _why(server.last_exception)
                print(f"gateway: cannot listen on {where}{_what(server.mode)}: {why}", file=sys.stderr)
        if self.failed:
            ctx.master.shutdown()


def _what(mode: ProxyMode) -> str:
    """Several servers would be hard to tell apart by their ports alone; a proxy is what everybody expects."""
    return "" if mode.type_name == "regular" else f" ({mode.full_spec})"


def _why(error: Exception | None) -> str:
    # mitmproxy adds advice to the text, for people who run mitmproxy by hand.
    return os.strerror(error.errno) if isinstance(error, OSError) and error.errno else type(error).__name__
