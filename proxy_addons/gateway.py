"""Run the gateway's parts: as our own lean mitmproxy master, or under ``mitmdump -s``.

mitmdump takes every name in this module that is also the name of a hook for one, so none may be imported here.
"""

import argparse
import asyncio
import logging
import signal
import socket
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from mitmproxy import ctx, exceptions, options
from mitmproxy.addonmanager import Loader
from mitmproxy.addons.core import Core
from mitmproxy.addons.disable_h2c import DisableH2C
from mitmproxy.addons.dns_resolver import DnsResolver
from mitmproxy.addons.next_layer import NextLayer
from mitmproxy.addons.proxyserver import Proxyserver
from mitmproxy.addons.tlsconfig import TlsConfig

from detection import settings as settings_files
from detection.library import Library
from detection.sensor import Sensor
from proxy_addons import (
    bounded_heads,
    clear_layer,
    http1_trailers,
    late_stream,
    leaving_layer,
    long_messages,
    quick_messages,
)
from proxy_addons.addon_order import in_order
from proxy_addons.announce import Announce
from proxy_addons.clear_layer import ClearLayer
from proxy_addons.client_networks import ClientNetworks
from proxy_addons.drain import Drain
from proxy_addons.gateway_settings import GatewaySettings
from proxy_addons.lean_addons import LeanMaster
from proxy_addons.lifeline import Lifeline
from proxy_addons.mitmproxy_log import MitmproxyLog
from proxy_addons.mitmproxy_options import mitmproxy_options
from proxy_addons.no_traces import SILENT, leave_no_core, refuse_flow_dumps, refuse_onlookers
from proxy_addons.parts import Parts
from proxy_addons.spare_memory import SpareMemory
from proxy_addons.supervisor.places import settings_for, supervisor_of
from proxy_addons.tunnel_news import TunnelNews
from proxy_addons.undecryptable import Undecryptable
from proxy_addons.upstream import check, page
from proxy_addons.watchdog import Watchdog

DOUBTFUL = (ValueError, OSError)
"""What stops a start with one line; anything else is our own mistake and stops it with all there is to know."""

DELIVERING = 600.0
"""Seconds that may take."""


class Gateway:
    """All parts as one addon, for mitmproxy to call upon."""

    def __init__(self) -> None:
        self.addons: list[object] = []
        self._parts: Parts | None = None
        self._upkeep: asyncio.Task[None] | None = None
        self._spare = SpareMemory()

    def use(self, parts: Parts) -> dict[str, object]:
        """The options mitmproxy must then be given."""
        leave_no_core()
        http1_trailers.install()
        bounded_heads.install()
        late_stream.install()
        long_messages.install()
        quick_messages.install()
        page.install()
        check.install()
        given = mitmproxy_options(parts.settings, parts.renewal.confdir())
        self._parts, self.addons = parts, in_order(parts)
        return given

    def load(self, loader: Loader) -> None:
        refuse_onlookers(ctx.master)
        loader.add_option("gatehouse_config", str, "", "The gateway's settings file (TOML).")

    def configure(self, updated: set[str]) -> None:
        """Only mitmdump has such options, and brings the settings this way; our own master has its parts before."""
        try:
            refuse_flow_dumps(ctx.options)
            if "gatehouse_config" in updated and self._parts is None:
                given = self.use(Parts.build(Path(ctx.options.gatehouse_config), Watchdog()))
                ctx.options.update(**given, **SILENT)
        except DOUBTFUL as e:
            raise exceptions.OptionsError(str(e)) from None

    def running(self) -> None:
        if self._parts:
            self._parts.start(asyncio.get_running_loop())
            self._upkeep = asyncio.create_task(self._keep_up(self._parts))

    def done(self) -> None:
        if self._parts and self._upkeep:
            self._upkeep.cancel()
            self._parts.stop()

    async def _keep_up(self, parts: Parts) -> None:
        while True:
            with parts.watchdog.guard("authority"):
                confdir = str(await asyncio.to_thread(parts.renewal.confdir))
                if confdir != ctx.options.confdir:  # mitmproxy then forgets what it signed; open connections stay
                    ctx.options.update(confdir=confdir)
            with parts.watchdog.guard("revocation"):
                await asyncio.to_thread(parts.revoked.refresh)
            with parts.watchdog.guard("upkeep"):
                parts.bad_origins.forget()
                parts.recorder.forget()
                parts.pause()
                await asyncio.to_thread(parts.refresh)
                await asyncio.to_thread(parts.write_status)
                await asyncio.to_thread(self._spare.give_back)
            await asyncio.sleep(parts.settings.status_seconds)


async def serve(settings: GatewaySettings, supervisor: socket.socket | None = None) -> int:
    """Run until told to stop. Exit status: 0, or 2 if it cannot listen."""
    parts = Parts.of(settings, Watchdog())
    MitmproxyLog(parts.watchdog).install()
    listen = options.Options(
        listen_host=settings.listen_host, listen_port=settings.listen_port, mode=list(settings.modes)
    )
    master, gateway, announce = LeanMaster(listen), Gateway(), Announce()
    given = gateway.use(parts)
    clear_layer.install()
    leaving_layer.install()
    proxy = Proxyserver()
    drain = Drain(proxy, parts.watchdog, master.shutdown)
    # Of mitmproxy's some forty addons the four that make it a proxy, and one that keeps HTTP/2 out of plain HTTP.
    undecryptable = Undecryptable(ClientNetworks(settings.undecryptable), parts.watchdog)
    master.addons.add(Core(), proxy, ClearLayer(), undecryptable, NextLayer(), TlsConfig())
    if any(mode.startswith("dns") for mode in settings.modes):
        master.addons.add(DnsResolver())
    master.addons.add(DisableH2C(), gateway, drain, announce)
    if supervisor:
        sensor = parts.sensor
        tunnels = TunnelNews(sensor.observe, sensor.bindings, parts.inspection, parts.watchdog)
        alone = supervisor_of(settings).drain_minutes * 60
        master.addons.add(Lifeline(supervisor, drain, alone, tunnels.tell))
    master.options.update(**given)
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, master.shutdown)
    await master.run()
    return 2 if announce.failed else 0


def deliver(settings: GatewaySettings) -> int:
    """Send what a worker has left in its outbox. Exit status: 1 if something still waits."""
    without = replace(settings.sensor, library_key=None, second_opinion=False)
    sensor = Sensor(without, at_hand=Library(()))  # nothing is compared with anything
    sensor.start()
    return 0 if sensor.finish(DELIVERING) else 1


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="gatehouse gateway", description="Read traffic at the school's gateway.")
    parser.add_argument("--config", type=Path, required=True, metavar="FILE", help="settings (TOML)")
    parser.add_argument("--worker", type=int, metavar="N", help="as the supervisor's worker in this place")
    parser.add_argument("--line", type=int, metavar="FD", help="where the supervisor listens")
    parser.add_argument("--deliver", action="store_true", help="only deliver what that place's outbox still holds")
    chosen = parser.parse_args(argv)
    logging.basicConfig(format="gateway: %(message)s", level=logging.WARNING)
    # A page being read must let the event loop in more often than Python's usual 5 ms.
    sys.setswitchinterval(0.001)
    try:
        settings = settings_files.load(chosen.config, GatewaySettings)
        if chosen.worker is not None:
            settings = settings_for(settings, chosen.worker)
        if chosen.deliver:
            return deliver(settings)
        line = socket.socket(fileno=chosen.line) if chosen.line is not None else None
        return asyncio.run(serve(settings, line))
    except (*DOUBTFUL, exceptions.OptionsError) as e:
        print(f"gateway: {e}", file=sys.stderr)
        return 2


addons = [Gateway()]
