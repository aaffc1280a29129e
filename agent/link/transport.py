"""How session and service find each other on this system: over a Unix socket, on Windows over a named pipe."""

import sys
from pathlib import Path

if sys.platform == "win32":
    from agent.windows.named_pipe import connect, listen
else:
    from agent.link.unix_socket import connect, listen

__all__ = ["PLACE", "PLACES", "connect", "listen"]

PLACES = {
    "linux": Path("/run/gatehouse-agent/agent.sock"),
    "darwin": Path("/Library/Application Support/Gatehouse Agent/run/agent.sock"),  # /var/run is emptied at each start
    "win32": Path(r"\\.\pipe\gatehouse-agent"),
}
PLACE = PLACES.get(sys.platform, PLACES["linux"])
