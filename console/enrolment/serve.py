"""``gatehouse enrolment``: serve the page devices are set up with, on the box's own address in each network."""

import argparse
import logging
import os
import socket
import sys
from pathlib import Path
from typing import Any

from appliance.gunicorn_server import Server, address
from appliance.impatient_worker import ImpatientWorker
from console.enrolment.application import create_app
from console.enrolment.settings import EnrolmentSettings
from detection.settings import SettingsError, load

THREADS = 16
_IP_FREEBIND, _IPV6_FREEBIND = 15, 78  # of <linux/in.h> and <linux/in6.h>; Python does not name them


def _options(listeners: list[socket.socket]) -> dict[str, Any]:
    addresses = [f"http://{address(*listener.getsockname()[:2])}/" for listener in listeners]
    return {
        "bind": [f"fd://{listener.detach()}" for listener in listeners],  # gunicorn's from here on
        "worker_class": ImpatientWorker,
        "threads": THREADS,
        "limit_request_line": 2048,
        "limit_request_fields": 60,
        "forwarded_allow_ips": "",
        "accesslog": None,  # who looked whether their device is set up is nobody's business
        "when_ready": lambda _: [print(f"enrolment: listening on {each}", flush=True) for each in addresses],
    }


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="gatehouse enrolment", description="Serve the page devices are set up with.")
    parser.add_argument("--config", type=Path, required=True, metavar="FILE", help="the page's settings (TOML)")
    arguments = parser.parse_args(argv)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    try:
        settings = load(arguments.config, EnrolmentSettings)
        app = create_app(settings)
        listeners = [_listen(str(i.ip), settings.port) for network in settings.network for i in network.interfaces]
    except (SettingsError, ValueError) as e:
        print(f"gatehouse enrolment: {e}", file=sys.stderr)
        return 2
    Server("enrolment", _options(listeners), lambda: app).run()
    return 0


def _listen(host: str, port: int) -> socket.socket:
    """On the networks' addresses alone; also on one that a card has not got yet, or that is with the other gateway."""
    six = ":" in host
    listener = socket.socket(socket.AF_INET6 if six else socket.AF_INET)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if six:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listener.setsockopt(*((socket.IPPROTO_IPV6, _IPV6_FREEBIND) if six else (socket.IPPROTO_IP, _IP_FREEBIND)), 1)
        listener.bind((host, port))
        listener.listen(128)
    except OSError as e:
        listener.close()
        raise ValueError(f"cannot listen on {host} port {port}: {os.strerror(e.errno or 0)}") from e
    return listener
