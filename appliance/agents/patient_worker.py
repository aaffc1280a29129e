"""The agents' threads: a stranger has seconds, a device with a certificate the minutes that a slow line takes."""

import ssl
from typing import Any

from appliance.impatient_worker import LONGEST, ImpatientWorker

DEVICE_LONGEST = 300.0
"""Seconds for the largest piece of evidence from somebody's home."""


class PatientWorker(ImpatientWorker):
    def longest(self, conn: Any) -> float:
        return DEVICE_LONGEST if _is_known(conn.sock) else LONGEST


def _is_known(connection: Any) -> bool:
    """Whether a certificate was shown; until the handshake is over there is none, nor once it was shut."""
    try:
        return isinstance(connection, ssl.SSLSocket) and bool(connection.getpeercert(binary_form=True))
    except (ValueError, OSError, AttributeError):  # the last: it was shut a moment ago, and has nothing behind it
        return False
