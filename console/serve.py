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
from gunicorn.app.base import BaseApplication

from appliance import answering, store
from console.application import create_app
from console.sealed_addresses import opener
from console.settings import ConsoleSettings, secret_key
from detection.settings import SettingsError, load
from images.vault import Vault

THREADS = 8


class _Server(BaseApplication):  # type: ignore[misc]
    """gunicorn with our options and no files or command line of its own."""

    def __init__(self, settings: ConsoleSettings, listener: socket.socket) -> None:
        self._settings, self._address = settings, _address(settings, listener)
        self._descriptor = listener.detach()  # gunicorn's from here on
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options().items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return application(self._settings)

    def _options(self) -> dict[str, Any]:
        settings = self._settings
        return {
            "bind": [f"fd://{self._descriptor}"],
            "worker_class": "gthread",
            "workers": 1,  # threads are enough for a handful of readers, and SQLite has one writer anyway
            "threads": THREADS,
            "certfile": str(settings.certificate) if settings.certificate else None,
            "keyfile": str(settings.certificate_key) if settings.certificate_key else None,
            "forwarded_allow_ips": "",  # X-Forwarded-* is read by the app, and only where settings.proxies says so
            "accesslog": None,  # addresses of pages name children's incidents; entries say who looked
            "loglevel": "warning",
            "proc_name": "gatehouse-console",
            "control_socket_disable": True,
            "when_ready": lambda _: print(f"console: listening on {self._address}", flush=True),
            "post_worker_init": answering.watch,
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
    _Server(settings, listener).run()
    return 0


def _listen(settings: ConsoleSettings) -> socket.socket:
    """Bound here, not by gunicorn, which tries a taken port again and again before it says so."""
    try:
        return socket.create_server(
            (settings.host, settings.port), family=socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        )
    except OSError as e:
        raise ValueError(f"cannot listen on {settings.host} port {settings.port}: {os.strerror(e.errno or 0)}") from e


def _address(settings: ConsoleSettings, listener: socket.socket) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"{'https' if settings.certificate else 'http'}://{host}:{listener.getsockname()[1]}/"
