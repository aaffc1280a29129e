"""A small process that stays when the supervisor is killed outright, and sets the firewall right before it ends too.

Without it the firewall would go on leading devices to workers that are about to end.
"""

import argparse
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from detection import settings as settings_files
from proxy_addons.gateway_settings import GatewaySettings
from proxy_addons.supervisor.firewall import Firewall, FirewallError
from proxy_addons.supervisor.places import supervisor_of
from proxy_addons.supervisor.settings import SupervisorSettings
from proxy_addons.supervisor.slot_ports import unmanned

GOOD_BYE = b"."
"""Said by a supervisor that has set the firewall right itself."""


class Guard:
    """The supervisor's side."""

    def __init__(self, config: Path) -> None:
        self._line, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "proxy_addons.supervisor.guard", str(config), str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                process_group=0,
            )

    @property
    def ended(self) -> bool:
        return self._process.poll() is not None

    def release(self) -> None:
        with self._line, suppress(OSError):
            self._line.send(GOOD_BYE)
        self._process.wait()


def release(settings: SupervisorSettings) -> None:
    """Let every slot have what the policy says for a box without workers. FirewallError."""
    Firewall(settings.table).point(unmanned(settings))


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config", type=Path)
    parser.add_argument("line", type=int)
    given = parser.parse_args(argv)
    # systemd asks all processes of a unit to end once the main one has: this one ends by itself.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    settings = supervisor_of(settings_files.load(given.config, GatewaySettings))
    with socket.socket(fileno=given.line) as line:
        if line.recv(1) == GOOD_BYE:
            return 0
    try:
        release(settings)
    except FirewallError as e:
        print(f"supervisor: killed, and the firewall still leads to its workers: {e}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
