"""``gatehouse console``: serve the review console with gunicorn."""

import argparse
import logging
import os
import socket
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask

from appliance import store
from appliance.gunicorn_server import Server, address
from console.application import create_app
from console.sealed_addresses import opener
from console.settings import ConsoleSettings, secret_key
from detection.settings import SettingsError, load
from images.vault import Vault

THREADS = 8


def _options(settings: ConsoleSettings, listener: socket.socket) -> dict[str, Any]:
    scheme, port = "https" if settings.certificate else "http", listener.getsockname()[1]
    where = f"{scheme}://{address(settings.host, port)}/"
    return {
        "bind": [f"fd://{listener.detach()}"],  # gunicorn's from here on
        "threads": THREADS,
        "certfile": str(settings.certificate) if settings.certificate else None,
        "keyfile": str(settings.certificate_key) if settings.certificate_key else None,
        "forwarded_allow_ips": "",  # X-Forwarded-* is read by the app, and only where settings.proxies says so
        "accesslog": None,  # addresses of pages name children's incidents; entries say who looked
        "when_ready": lambda _: print(f"console: listening on {where}", flush=True),
    }


def application(settings: ConsoleSettings) -> Flask:
    """The console as ``settings`` describe it."""
    return create_app(settings, store.sessions(settings.database), Vault(settings.vault), lambda: datetime.now(UTC))


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="gatehouse console", description="Serve the review console.")
    parser.add_argument("--config", type=Path, required=True, metavar="FILE", help="the console's settings (TOML)")
    arguments = parser.parse_args(argv)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    try:
        settings = load(arguments.config, ConsoleSettings)
        secret_key(settings.secret_key_file)
        if settings.private_key:
            opener(settings.private_key)
        store.migrate(settings.database)
        listener = _listen(settings)
    except (SettingsError, store.StoreError, ValueError) as e:
        print(f"gatehouse console: {e}", file=sys.stderr)
        return 2
    Server("console", _options(settings, listener), lambda: application(settings)).run()
    return 0


def _listen(settings: ConsoleSettings) -> socket.socket:
    """Bound here, not by gunicorn, which tries a taken port again and again before it says so."""
    try:
        return socket.create_server(
            (settings.host, settings.port), family=socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        )
    except OSError as e:
        raise ValueError(f"cannot listen on {settings.host} port {settings.port}: {os.strerror(e.errno or 0)}") from e
