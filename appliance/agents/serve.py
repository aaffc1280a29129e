"""Run the agents' ingest under gunicorn: ``gatehouse agents --config FILE``."""

import argparse
import logging
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask

from appliance import store
from appliance.agents import whereabouts
from appliance.agents.admission import ByCertificate
from appliance.agents.authority import authority
from appliance.agents.codes import Attempts
from appliance.agents.endpoint import Endpoint
from appliance.agents.patient_worker import PatientWorker
from appliance.agents.server_tls import ServerTls, own_file
from appliance.agents.settings import AgentsSettings
from appliance.commands.mistake import reported
from appliance.gateways.endpoint import GatewaysEndpoint
from appliance.gunicorn_server import Server, address
from appliance.ingest import create_ingest
from appliance.room import room_of
from appliance.serve import opener_of, press_of
from detection import settings
from detection.canary import read_key
from images.vault import Vault


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="gatehouse agents", description="Take detections in from agents and second gateways."
    )
    parser.add_argument("--config", type=Path, required=True, metavar="FILE")
    arguments = parser.parse_args(argv)
    with reported(parser.prog):
        loaded = settings.load(arguments.config, AgentsSettings)
        opener_of(loaded)
        press_of(loaded)
        canary_of(loaded)
        store.migrate(loaded.database)
        ServerTls(authority(loaded.authority, _now()), loaded, _now).context()
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(name)s: %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    Server("agents", _options(loaded), lambda: _made(loaded)).run()
    return 0


def _made(loaded: AgentsSettings) -> Flask:
    sessions, opener, press = store.sessions(loaded.database), opener_of(loaded), press_of(loaded)
    app = create_ingest(
        sessions, opener, Vault(loaded.vault), _now, press, room_of(loaded), admission=ByCertificate(_now)
    )
    Endpoint(
        sessions=sessions,
        authority=authority(loaded.authority, _now()),
        sites=whereabouts.sites(loaded.on_site),
        public_key=opener.public_key,
        library_key=bytes(press.key.verify_key) if press else b"",
        canary_key=canary_of(loaded),
        clock=_now,
        attempts=Attempts(),
    ).add_to(app)
    GatewaysEndpoint(sessions=sessions, clock=_now).add_to(app)
    return app


def canary_of(loaded: AgentsSettings) -> bytes:
    """SettingsError where it cannot be read."""
    return read_key(loaded.canary_key) if loaded.canary_key else b""


def _options(loaded: AgentsSettings) -> dict[str, Any]:
    tls = ServerTls(authority(loaded.authority, _now()), loaded, _now)
    own = str(own_file(tls.authority, loaded, _now()))
    return {
        "bind": address(loaded.host, loaded.port),
        "worker_class": PatientWorker,
        "threads": loaded.threads,
        "certfile": own,
        "keyfile": own,
        "ssl_context": lambda config, default: tls.context(),
    }


def _now() -> datetime:
    return datetime.now(UTC)
