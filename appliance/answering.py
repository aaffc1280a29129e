"""A server that asks itself, as others do, and tells systemd each time it is answered."""

import http.client
import socket
import ssl
import time
from collections.abc import Sequence
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
        doors = [listener.getsockname()[:2] for listener in worker.sockets]
        Thread(target=_ask, args=(watched, doors, worker.cfg.is_ssl), name="answering", daemon=True).start()


def _ask(watched: Watched, doors: Sequence[tuple[str, int]], tls: bool) -> None:
    while True:
        door = nearest(doors)
        if door is None or answers(*door, tls=tls):
            watched.turned()
        time.sleep(watched.every)


def nearest(doors: Sequence[tuple[str, int]]) -> tuple[str, int] | None:
    """The first whose address this machine has; None where it has none yet: there is nobody then who could ask."""
    return next((door for door in doors if _is_here(door[0])), None)


def _is_here(host: str) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as tried:
        try:
            tried.bind((host, 0))
        except OSError:
            return False
    return True


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
