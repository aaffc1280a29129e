"""The line between session and service over a Unix socket, whose kernel says which account is at the other end."""

import socket
import struct
import sys
from contextlib import suppress
from pathlib import Path

from agent.link.line import Line, Listening, Peer, SessionLine
from agent.service.logins import account_of

_LOCAL_PEERCRED = 1
"""Of macOS, whose answer begins with a version and the account's number."""


class _Line:
    def __init__(self, line: socket.socket, *, hears: float, says: float) -> None:
        """Seconds: after so long in silence, or unheard, it is given up."""
        self._line = line
        line.settimeout(None)  # the kernel's limits, which hold for reading and writing each
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, _timeval(hears))
        line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, _timeval(says))

    def sendall(self, data: bytes) -> None:
        try:
            self._line.sendall(data)
        except BlockingIOError:
            raise TimeoutError("it does not listen") from None

    def recv(self, most: int) -> bytes:
        try:
            return self._line.recv(most)
        except BlockingIOError:
            raise TimeoutError("it says nothing") from None

    def peer(self) -> Peer:
        number = _account_at(self._line)
        return Peer(number=number, account=account_of(number))

    def hang_up(self) -> None:
        with suppress(OSError):
            self._line.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._line.close()


class _Listening:
    def __init__(self, path: Path, *, hears: float, says: float) -> None:
        """Anybody on the device may connect."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        self._path, self._hears, self._says = path, hears, says
        self._server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._server.bind(str(path))
        path.chmod(0o666)
        self._server.listen(16)

    def accept(self) -> SessionLine:
        line, _ = self._server.accept()
        return _Line(line, hears=self._hears, says=self._says)

    def close(self) -> None:
        with suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._path.unlink(missing_ok=True)


def listen(path: Path, *, hears: float, says: float) -> Listening:
    """For the service: sessions it does not hear from for ``hears`` seconds, or that do not listen for ``says``, are
    given up. OSError where it cannot be had."""
    return _Listening(path, hears=hears, says=says)


def connect(path: Path, *, hears: float, says: float) -> Line:
    """For a session, or whoever asks how it stands. OSError where no service listens."""
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        line.settimeout(says)
        line.connect(str(path))
        return _Line(line, hears=hears, says=says)
    except OSError:
        line.close()
        raise


def _account_at(line: socket.socket) -> int:
    if hasattr(socket, "SO_PEERCRED"):
        found = line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
        return int(struct.unpack("3i", found)[1])
    if sys.platform == "darwin":
        found = line.getsockopt(0, _LOCAL_PEERCRED, 76)
        return int(struct.unpack("II", found[:8])[1])
    raise OSError("this system does not say who speaks")


def _timeval(seconds: float) -> bytes:
    return struct.pack("ll", int(seconds), int(seconds % 1 * 1_000_000))
