"""A printing service of its own, with one printer that prints to nowhere."""

import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

import pytest

from tests.agent.watchers.waiting import until

CUPSD = "/usr/sbin/cupsd"
needs_cups = pytest.mark.skipif(
    not os.access(CUPSD, os.X_OK) or os.geteuid() != 0, reason="needs CUPS, and root to print as somebody else"
)
_CONF = """Listen {at}/state/cups.sock
Browsing Off
WebInterface No
DefaultAuthType None
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
JobPrivateAccess default
JobPrivateValues default
<Limit All>
Order deny,allow
</Limit>
</Policy>
"""
_FILES = """FileDevice Yes
ServerRoot {at}/root
CacheDir {at}/cache
RequestRoot {at}/spool
StateDir {at}/state
AccessLog {at}/access
ErrorLog {at}/error
PageLog {at}/page
ServerBin /usr/lib/cups
DataDir /usr/share/cups
"""


@contextmanager
def cups() -> Iterator[Path]:
    """Its socket. Not in pytest's folders, which only their owner may enter: it prints as somebody else."""
    at = Path(mkdtemp(prefix="cups", dir="/tmp"))
    at.chmod(0o755)
    for name in ("root", "cache", "spool", "state"):
        (at / name).mkdir()
    (at / "cupsd.conf").write_text(_CONF.format(at=at))
    (at / "files.conf").write_text(_FILES.format(at=at))
    socket = at / "state" / "cups.sock"
    service = subprocess.Popen(
        [CUPSD, "-f", "-c", at / "cupsd.conf", "-s", at / "files.conf"], stderr=subprocess.DEVNULL
    )
    try:
        until(lambda: socket.exists() and (at / "state" / "cupsd.pid").exists())
        _asked(socket, "lpadmin", "-p", "nowhere", "-E", "-v", "file:///dev/null", "-m", "raw")
        yield socket
    finally:
        service.send_signal(signal.SIGTERM)
        service.wait(20)
        shutil.rmtree(at)


def print_text(socket: Path, title: str, account: str) -> None:
    _asked(socket, "lp", "-d", "nowhere", "-t", title, user=account)


def _asked(socket: Path, *command: str, user: str | None = None) -> None:
    environment = {"PATH": "/usr/sbin:/usr/bin:/bin", "LANG": "C.UTF-8", "CUPS_SERVER": str(socket)}
    as_user = None if user is None or user == pwd.getpwuid(os.geteuid()).pw_name else user
    subprocess.run(command, input=b"rivers", env=environment, user=as_user, check=True, capture_output=True, timeout=60)
