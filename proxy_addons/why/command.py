"""``gatehouse why``: the command line."""

import argparse
import ipaddress
import json
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from detection import settings as settings_files
from detection.complaint import complain
from detection.unopened.entry import domain
from proxy_addons.bypass_commands.learned_hosts import look
from proxy_addons.client_networks import ClientNetworks
from proxy_addons.gateway_settings import GatewaySettings
from proxy_addons.live_lists import LiveLists
from proxy_addons.refusal_store import RefusalStore
from proxy_addons.refusals import device
from proxy_addons.watchdog import Watchdog
from proxy_addons.why.firewall import network_of
from proxy_addons.why.sentences import Client, Known, sentences

CONFIG = Path("/etc/gatehouse/gateway.toml")


def main(argv: list[str], now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> int:
    arguments = _parser().parse_args(argv)
    try:
        settings = settings_files.load(arguments.config, GatewaySettings)
        known = gather(settings, domain(arguments.host), arguments.client)
    except sqlite3.Error as e:
        return complain("gatehouse why", f"{settings.refusals_file}: cannot be read: {e}")
    except (OSError, ValueError) as e:
        return complain("gatehouse why", e)
    print("\n".join(sentences(known, now())))
    return 0


def gather(settings: GatewaySettings, host: str, address: str | None) -> Known:
    lists = LiveLists(settings.bypass, settings.console_hosts, Watchdog())
    passes, proposals = look(settings.refusals_file, lists)
    with _store(settings.refusals_file) as store:
        refused = tuple(each for each in store.refused() if each.host == host) if store else ()
        client = _client(settings, store, address) if address else None
    return Known(
        host=host,
        decision=lists.decision(host),
        passes=tuple(each for each in passes if each.host == host),
        proposals=tuple(each for each in proposals if each.refused.host == host),
        refused=refused,
        status=_status(settings.status_file),
        client=client,
    )


def _store(file: Path) -> AbstractContextManager[RefusalStore | None]:
    return RefusalStore.open(file) if file.exists() else nullcontext()


def _client(settings: GatewaySettings, store: RefusalStore | None, address: str) -> Client:
    return Client(
        address=address,
        accepts=store is None or store.trusts(device(address)),
        kinds=frozenset(store.kinds_of(device(address)) if store else ()),
        names_only=ClientNetworks(dict.fromkeys(settings.names_only, "")).of(address) is not None,
        undecryptable=ClientNetworks(settings.undecryptable).of(address) or "pass",
        network=network_of(address),
    )


def _status(file: Path) -> dict[str, Any]:
    try:
        said = json.loads(file.read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="gatehouse why", description="What happens to a host here, and whose decision that is."
    )
    parser.add_argument("host", metavar="HOST")
    parser.add_argument(
        "--client", type=_address, metavar="ADDRESS", help="a device's; says what holds for its network"
    )
    parser.add_argument("--config", type=Path, default=CONFIG, metavar="FILE", help="the gateway's settings")
    return parser


def _address(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no address such as 10.20.1.7") from None
