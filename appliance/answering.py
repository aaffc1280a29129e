"""A server that asks itself, as others do, and tells systemd each time it is answered."""

import http.client
import ssl
import time
from threading import Thread
from typing import Any

from detection.service_manager import Watched

PATIENCE = 20.0
"""Seconds for an answer."""


def watch(worker: Any) -> None:
    """For gunicorn's ``post_worker_init``. Whatever is answered counts: a full disk or a database that is away is said
    as well, and is no reason to be started anew."""
    watched = Watched()
    if watched.every:
        host, port = worker.sockets[0].getsockname()[:2]
        Thread(target=_ask, args=(watched, host, port, worker.cfg.is_ssl), name="answering", daemon=True).start()


def _ask(watched: Watched, host: str, port: int, tls: bool) -> None:
    while True:
        if answers(host, port, tls=tls):
            watched.turned()
        time.sleep(watched.every)


def answers(host: str, port: int, *, tls: bool = False, patience: float = PATIENCE) -> bool:
    connection = (
        # Its own certificate may be for any name; nothing is said to it.
        http.client.HTTPSConnection(host, port, timeout=patience, context=ssl._create_unverified_context())  # noqa: S323
        if tls
        else http.client.HTTPConnection(host, port, timeout=patience)
    )
    try:
        connection.request("HEAD", "/")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True
