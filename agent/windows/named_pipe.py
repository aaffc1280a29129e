"""The line between session and service on Windows: a named pipe, whose server asks Windows who is at the other end."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from agent.link.line import Line, Listening, Peer, SessionLine
from agent.windows.account import AccountOf, account_of_sid, number_of
from agent.windows.pipe_calls import PipeCalls, pipe_calls

READ_WRITE = 0x12019B
"""FILE_GENERIC_READ and FILE_GENERIC_WRITE without FILE_CREATE_PIPE_INSTANCE, with which one could pose as the service.
A session must ask for just these rights: GENERIC_WRITE would ask for the one it has not."""
WHO_MAY = f"D:P(A;;GA;;;SY)(A;;GA;;;BA)(A;;{READ_WRITE:#x};;;IU)"
"""Windows' language for access lists: all for the system, as which the service runs, and for administrators; those two
rights for who is signed in at the device."""
PIECE = 1 << 16


class _Line:
    """Windows tells whose the last words were, so the first are read before that can be asked: they are kept here."""

    def __init__(self, calls: PipeCalls, pipe: int, *, hears: float, says: float, named: AccountOf) -> None:
        self._calls, self._pipe, self._hears, self._says, self._named = calls, pipe, hears, says, named
        self._heard = b""
        self._is_over = False

    def sendall(self, data: bytes) -> None:
        at = 0
        while at < len(data):
            if self._is_over:
                raise BrokenPipeError("it was hung up on")
            at += self._calls.write(self._pipe, data[at : at + PIECE], self._says)

    def recv(self, most: int) -> bytes:
        if not self._heard and not self._is_over:
            self._heard = self._calls.read(self._pipe, PIECE, self._hears)
        heard, self._heard = self._heard[:most], self._heard[most:]
        return heard

    def peer(self) -> Peer:
        self._heard = self._heard or self._calls.read(self._pipe, PIECE, self._says)
        if not self._heard:
            raise ConnectionAbortedError("it went without a word")
        sid = self._calls.client(self._pipe)
        return Peer(number=number_of(sid), account=self._named(sid))

    def hang_up(self) -> None:
        self._is_over = True
        with suppress(OSError):
            self._calls.cancel(self._pipe)

    def close(self) -> None:
        self._calls.close(self._pipe)


class _Listening:
    """The first instance of the pipe claims the name; each accept leaves a new one waiting."""

    def __init__(self, name: str, make: Callable[[int], SessionLine], calls: PipeCalls) -> None:
        self._name, self._make, self._calls = name, make, calls
        self._is_over = False
        self._next = calls.create(name, WHO_MAY, is_first=True)

    def accept(self) -> SessionLine:
        """Whoever came and went at once is not waited for."""
        while not self._is_over:
            pipe = self._next
            came = self._calls.wait_for_client(pipe)
            if self._is_over:
                break
            self._next = self._calls.create(self._name, WHO_MAY, is_first=False)
            if came:
                return self._make(pipe)
            self._calls.close(pipe)
        self._calls.close(self._next)
        raise ConnectionAbortedError("nobody is waited for any more")

    def close(self) -> None:
        self._is_over = True
        with suppress(OSError):
            self._calls.cancel(self._next)


def listen(
    name: Path, *, hears: float, says: float, calls: PipeCalls | None = None, named: AccountOf = account_of_sid
) -> Listening:
    """For the service: sessions it does not hear from for ``hears`` seconds, or that do not listen for ``says``, are
    given up. OSError where somebody else has the name already: that is nobody of ours."""
    asked = calls or pipe_calls()
    return _Listening(str(name), lambda pipe: _Line(asked, pipe, hears=hears, says=says, named=named), asked)


def connect(name: Path, *, hears: float, says: float, calls: PipeCalls | None = None) -> Line:
    """For a session. OSError where no service listens."""
    asked = calls or pipe_calls()
    pipe = asked.open(str(name), READ_WRITE)
    return _Line(asked, pipe, hears=hears, says=says, named=account_of_sid)
