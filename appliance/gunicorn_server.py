"""gunicorn with our options, and no files or command line of its own."""

import socket
from collections.abc import Callable
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from appliance import answering


class Server(BaseApplication):  # type: ignore[misc]
    """One process of threads: SQLite has one writer, and PostgreSQL does the waiting anyway.

    ``make`` is called in the worker process: a connection must not be shared across a fork."""

    def __init__(self, name: str, options: dict[str, Any], make: Callable[[], Flask]) -> None:
        self._options = _always(name) | options
        self._make = make
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self._make()


def address(host: str, port: int) -> str:
    """As it stands in an address."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _always(name: str) -> dict[str, Any]:
    return {
        "worker_class": "gthread",
        "workers": 1,
        "loglevel": "warning",
        "proc_name": f"gatehouse-{name}",
        "control_socket_disable": True,
        "when_ready": lambda arbiter: _say_where(name, arbiter),
        "post_worker_init": answering.watch,
    }


def _say_where(name: str, arbiter: Any) -> None:
    listener: socket.socket = arbiter.LISTENERS[0].sock
    scheme = "https" if arbiter.cfg.is_ssl else "http"
    print(f"gatehouse {name}: listening on {scheme}://{address(*listener.getsockname()[:2])}", flush=True)
