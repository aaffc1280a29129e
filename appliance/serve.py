"""Run ingest under gunicorn: ``gatehouse appliance --config FILE``."""

import argparse
import logging
import socket
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from appliance import answering, kept_versions, store
from appliance.commands.mistake import reported
from appliance.config import ApplianceSettings
from appliance.ingest import create_ingest
from appliance.library_releases import Press
from appliance.room import room_of
from detection import settings
from detection.library import SHIPPED, load
from detection.library_keys import read_private
from detection.sealing import Opener
from images.vault import Vault


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="gatehouse appliance", description="Take detections in from sensors.")
    parser.add_argument("--config", type=Path, required=True, metavar="FILE")
    arguments = parser.parse_args(argv)
    with reported(parser.prog):
        loaded = settings.load(arguments.config, ApplianceSettings)
        _opener(loaded)
        if loaded.library_key:
            read_private(loaded.library_key)
        store.migrate(loaded.database)
        kept_versions.keep(Vault(loaded.vault), load(SHIPPED))
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(name)s: %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    Server(loaded).run()
    return 0


class Server(BaseApplication):  # type: ignore[misc]
    """One process of threads: SQLite has one writer, and PostgreSQL does the waiting anyway."""

    def __init__(self, loaded: ApplianceSettings) -> None:
        self._settings = loaded
        super().__init__()

    def load_config(self) -> None:
        for name, value in _gunicorn(self._settings).items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """In the worker process: a connection must not be shared across a fork."""
        sessions = store.sessions(self._settings.database)
        opener, vault = _opener(self._settings), Vault(self._settings.vault)
        return create_ingest(
            sessions, opener, vault, lambda: datetime.now(UTC), _press(self._settings), room_of(self._settings)
        )


def _gunicorn(loaded: ApplianceSettings) -> dict[str, Any]:
    tls = {"certfile": str(loaded.certificate), "keyfile": str(loaded.certificate_key)} if loaded.certificate else {}
    host = f"[{loaded.host}]" if ":" in loaded.host else loaded.host
    return {
        "bind": f"{host}:{loaded.port}",
        "worker_class": "gthread",
        "workers": 1,
        "threads": loaded.threads,
        "loglevel": "warning",
        "proc_name": "gatehouse-appliance",
        "control_socket_disable": True,
        "when_ready": _say_where,
        "post_worker_init": answering.watch,
        **tls,
    }


def _say_where(arbiter: Any) -> None:
    listener: socket.socket = arbiter.LISTENERS[0].sock
    host, port = listener.getsockname()[:2]
    scheme = "https" if arbiter.cfg.is_ssl else "http"
    print(f"gatehouse appliance: listening on {scheme}://{f'[{host}]' if ':' in host else host}:{port}", flush=True)


def _opener(loaded: ApplianceSettings) -> Opener:
    try:
        return Opener(loaded.private_key.read_bytes())
    except (OSError, TypeError, ValueError) as e:
        reason = e.strerror if isinstance(e, OSError) else "is not a key that gatehouse keys new made"
        raise settings.SettingsError(f"{loaded.private_key}: private_key: {reason}") from e


def _press(loaded: ApplianceSettings) -> Press | None:
    return Press(read_private(loaded.library_key), load(SHIPPED)) if loaded.library_key else None
