"""Build the gateway's parts and run them: as our own lean mitmproxy master, or under ``mitmdump -s``.

mitmdump takes every name in this module that is also the name of a hook for one, so none may be imported here.
"""

import argparse
import asyncio
import gc
import logging
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from mitmproxy import ctx, exceptions, options
from mitmproxy.addonmanager import Loader
from mitmproxy.addons.core import Core
from mitmproxy.addons.disable_h2c import DisableH2C
from mitmproxy.addons.dns_resolver import DnsResolver
from mitmproxy.addons.next_layer import NextLayer
from mitmproxy.addons.proxyserver import Proxyserver
from mitmproxy.addons.tlsconfig import TlsConfig
from mitmproxy.proxy.mode_specs import ProxyMode

from detection import settings as settings_files
from detection.documents.child import Child
from detection.sensor import Sensor
from proxy_addons import clear_layer
from proxy_addons.body_taps import BodyTaps
from proxy_addons.bypass import SHIPPED, Bypass, load_hosts
from proxy_addons.clear_layer import ClearLayer
from proxy_addons.document_reading import DocumentReading
from proxy_addons.gateway_settings import GatewaySettings
from proxy_addons.host_map import HostMap
from proxy_addons.identify import Identify
from proxy_addons.inspect_dns import InspectDns
from proxy_addons.inspect_documents import DocumentLimits, InspectDocuments
from proxy_addons.inspect_tcp import InspectTcp
from proxy_addons.inspect_web import InspectWeb, Limits
from proxy_addons.inspect_websocket import InspectWebsocket
from proxy_addons.inspection import Inspection
from proxy_addons.lean_addons import LeanMaster
from proxy_addons.listed_content import ListedContent
from proxy_addons.mitmproxy_log import MitmproxyLog
from proxy_addons.mitmproxy_options import mitmproxy_options, refuse_key_logs
from proxy_addons.reader import Reader
from proxy_addons.recorder import Recorder
from proxy_addons.watchdog import Watchdog

STUCK = 600.0
"""Seconds: one upload may hold fifty documents, each of which ends in time by itself."""
SETTLE = 5.0
"""Seconds that what is being read at the end may take."""
DOUBTFUL = (ValueError, OSError)
"""What stops a start with one line; anything else is our own mistake and stops it with all there is to know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    settings: GatewaySettings
    watchdog: Watchdog
    sensor: Sensor
    inspection: Inspection
    documents: Inspection
    """The thread on which documents are waited for."""
    child: Child
    recorder: Recorder
    reader: Reader

    @classmethod
    def build(cls, config: Path, watchdog: Watchdog) -> "Parts":
        """Anything doubtful raises ValueError or OSError."""
        refuse_key_logs()
        settings = settings_files.load(config, GatewaySettings)
        settings.state.mkdir(parents=True, exist_ok=True, mode=0o700)
        sensor = Sensor(settings.sensor)
        return cls(
            settings=settings,
            watchdog=watchdog,
            sensor=sensor,
            reader=Reader(sensor.observe, watchdog),
            inspection=Inspection(
                watchdog, seconds=settings.inspection_seconds, pending_bytes=settings.inspection_pending_bytes
            ),
            documents=Inspection(
                watchdog,
                seconds=settings.inspection_seconds,
                pending_bytes=settings.documents_pending_bytes,
                stuck=STUCK,
                thread="documents",
            ),
            child=Child(),
            recorder=Recorder(
                watchdog,
                most_bytes=settings.recorder_bytes,
                minutes=settings.recorder_minutes,
                part_bytes=settings.recorder_part_bytes,
            ),
        )

    def addons(self) -> list[object]:
        """In the order in which they see a message: who, whether at all, listed, remembered, read."""
        limits = Limits(held=self.settings.held_bytes)
        of_documents = DocumentLimits(one=self.settings.document_bytes, together=self.settings.documents_pending_bytes)
        reading = DocumentReading(
            self.child, self.reader, self.documents, self.inspection, self.watchdog, self.settings.document_bytes
        )
        hosts = (SHIPPED, self.settings.bypass) if self.settings.bypass else (SHIPPED,)
        shipped, lists = load_hosts(SHIPPED), self.sensor.illegal
        return [
            self.watchdog,
            Identify(self.sensor.bindings, self.watchdog),
            Bypass(
                load_hosts(*hosts, own=self.settings.console_hosts),
                self.watchdog,
                listed=lambda host: lists.names_host(host) and shipped.reason(host) is None,
            ),
            ListedContent(lists, self.sensor.sighted, self.inspection, self.watchdog, limits.unpacked),
            self.recorder,
            InspectWeb(self.reader, self.inspection, self.recorder, self.watchdog, limits),
            InspectDocuments(reading, self.watchdog, of_documents),
            InspectWebsocket(self.reader, self.inspection, self.watchdog, limits.held),
            InspectTcp(self.reader, reading, self.inspection, self.watchdog),
            InspectDns(self.reader, lists, self.sensor.sighted, self.inspection, self.watchdog),
            BodyTaps(lists, self.watchdog),
        ]

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        HostMap(self.settings.host_map).install(loop)
        # The library is a million small things: to look through them for garbage would stop all traffic for 0.1 s.
        gc.collect()
        gc.freeze()
        self.sensor.start()

    def pause(self) -> None:
        """What people were typing when they stopped is read, though nothing else comes."""
        self.inspection.submit(lambda: self.reader.pause(datetime.now(UTC)), 0, "typing")

    def stop(self) -> None:
        self.documents.close(SETTLE)
        self.child.close()
        self.inspection.submit(self.reader.finish, 0, "typing")
        self.inspection.close(SETTLE)
        with self.watchdog.guard("status"):  # on a full disk what the sensor still holds matters more
            self.write_status()
        self.sensor.stop()

    def write_status(self) -> None:
        more = {"pending_bytes": self.inspection.pending, "recorder_bytes": self.recorder.size}
        self.watchdog.write(self.settings.status_file, more | {"sensor": asdict(self.sensor.health())})


class Gateway:
    """All parts as one addon, for mitmproxy to call upon."""

    def __init__(self) -> None:
        self.addons: list[object] = []
        self._parts: Parts | None = None
        self._upkeep: asyncio.Task[None] | None = None

    def use(self, parts: Parts) -> dict[str, object]:
        """The options mitmproxy must then be given."""
        given = mitmproxy_options(parts.settings, datetime.now(UTC))
        self._parts, self.addons = parts, parts.addons()
        return given

    def load(self, loader: Loader) -> None:
        loader.add_option("gatehouse_config", str, "", "The gateway's settings file (TOML).")

    def configure(self, updated: set[str]) -> None:
        """Only under mitmdump; our own master has its parts before it starts."""
        if "gatehouse_config" in updated and self._parts is None:
            try:
                given = self.use(Parts.build(Path(ctx.options.gatehouse_config), Watchdog()))
            except DOUBTFUL as e:
                raise exceptions.OptionsError(str(e)) from e
            ctx.options.update(**given)

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
            with parts.watchdog.guard("upkeep"):
                parts.recorder.forget()
                parts.pause()
                await asyncio.to_thread(parts.write_status)
            await asyncio.sleep(parts.settings.status_seconds)


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


async def serve(config: Path) -> int:
    """Run until told to stop. Exit status: 0, or 2 if it cannot listen."""
    parts = Parts.build(config, Watchdog())
    settings = parts.settings
    MitmproxyLog(parts.watchdog).install()
    listen = options.Options(
        listen_host=settings.listen_host, listen_port=settings.listen_port, mode=list(settings.modes)
    )
    master, gateway, announce = LeanMaster(listen), Gateway(), Announce()
    given = gateway.use(parts)
    clear_layer.install()
    # Of mitmproxy's some forty addons the four that make it a proxy, and one that keeps HTTP/2 out of plain HTTP.
    master.addons.add(Core(), Proxyserver(), ClearLayer(), NextLayer(), TlsConfig())
    if any(mode.startswith("dns") for mode in settings.modes):
        master.addons.add(DnsResolver())
    master.addons.add(DisableH2C(), gateway, announce)
    master.options.update(**given)
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, master.shutdown)
    await master.run()
    return 2 if announce.failed else 0


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="gatehouse gateway", description="Read traffic at the school's gateway.")
    parser.add_argument("--config", type=Path, required=True, metavar="FILE", help="settings (TOML)")
    chosen = parser.parse_args(argv)
    logging.basicConfig(format="gateway: %(message)s", level=logging.WARNING)
    # A page being read must let the event loop in more often than Python's usual 5 ms.
    sys.setswitchinterval(0.001)
    try:
        return asyncio.run(serve(chosen.config))
    except (*DOUBTFUL, exceptions.OptionsError) as e:
        print(f"gateway: {e}", file=sys.stderr)
        return 2


addons = [Gateway()]
