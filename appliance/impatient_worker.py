"""gunicorn's threads for what anybody may ask: nobody holds one by being slow."""

import socket
import time
from typing import Any

from gunicorn.workers import gthread

FIRST_BYTES = 0.2
"""Seconds a thread waits for them. Browsers open connections in advance; those wait elsewhere."""
LONGEST = 10.0
"""Seconds for a request and its answer; then the connection is shut."""


class ImpatientWorker(gthread.ThreadWorker):  # type: ignore[misc]
    def init_process(self) -> None:
        self._begun: dict[Any, float] = {}
        super().init_process()

    def handle(self, conn: Any) -> Any:
        if not conn.initialized and not conn.wait_for_data(FIRST_BYTES):
            return gthread._DEFER
        self._begun[conn] = time.monotonic()
        try:
            return super().handle(conn)
        finally:
            self._begun.pop(conn, None)

    def longest(self, conn: Any) -> float:
        """Seconds this one has; asked while another thread serves it."""
        return LONGEST

    def murder_keepalived(self, force: bool = False) -> None:
        """gunicorn comes here about every second."""
        super().murder_keepalived(force)
        for conn, since in list(self._begun.items()):
            if time.monotonic() - since > self.longest(conn):
                self._shut(conn)

    @staticmethod
    def _shut(conn: Any) -> None:
        try:
            conn.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return
