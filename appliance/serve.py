"""Run ingest under gunicorn: ``gatehouse appliance --config FILE``."""

import argparse
import logging
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from flask import Flask

from appliance import kept_versions, store
from appliance.commands.mistake import reported
from appliance.config import ApplianceSettings
from appliance.gunicorn_server import Server, address
from appliance.ingest import create_ingest
from appliance.library_releases import Press
from appliance.room import room_of
from detection import settings
from detection.library_keys import read_private
from detection.sealing import Opener
from detection.shipped_library import shipped
from images.vault import Vault


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="gatehouse appliance", description="Take detections in from sensors.")
    parser.add_argument("--config", type=Path, required=True, metavar="FILE")
    arguments = parser.parse_args(argv)
    with reported(parser.prog):
        loaded = settings.load(arguments.config, ApplianceSettings)
        opener_of(loaded)
        if loaded.library_key:
            read_private(loaded.library_key)
        store.migrate(loaded.database)
        kept_versions.keep(Vault(loaded.vault), shipped())
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(name)s: %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    Server("appliance", _options(loaded), lambda: _made(loaded)).run()
    return 0


def _made(loaded: ApplianceSettings) -> Flask:
    return create_ingest(
        store.sessions(loaded.database),
        opener_of(loaded),
        Vault(loaded.vault),
        lambda: datetime.now(UTC),
        press_of(loaded),
        room_of(loaded),
    )


def _options(loaded: ApplianceSettings) -> dict[str, Any]:
    tls = {"certfile": str(loaded.certificate), "keyfile": str(loaded.certificate_key)} if loaded.certificate else {}
    return {"bind": address(loaded.host, loaded.port), "threads": loaded.threads, **tls}


class Keys(Protocol):
    """What settings say of them."""

    @property
    def private_key(self) -> Path: ...
    @property
    def library_key(self) -> Path | None: ...


def opener_of(loaded: Keys) -> Opener:
    """SettingsError where there is no key to open with."""
    try:
        return Opener(loaded.private_key.read_bytes())
    except (OSError, TypeError, ValueError) as e:
        reason = e.strerror if isinstance(e, OSError) else "is not a key that gatehouse keys new made"
        raise settings.SettingsError(f"{loaded.private_key}: private_key: {reason}") from e


def press_of(loaded: Keys) -> Press | None:
    return Press(read_private(loaded.library_key), shipped()) if loaded.library_key else None
