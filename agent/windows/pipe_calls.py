"""Windows' own calls for named pipes, and no decision: what they answer is passed on as Python would say it."""

import sys
from typing import Protocol

from agent.windows.user32 import ELSEWHERE


class PipeCalls(Protocol):
    """A pipe is a number. One may be read, written and cancelled by a thread each at the same time."""

    def create(self, name: str, who_may: str, *, is_first: bool) -> int: ...

    def wait_for_client(self, pipe: int) -> bool:
        """Whether one came that is there still; also ends, with False, by ``cancel``."""

    def open(self, name: str, rights: int) -> int: ...

    def read(self, pipe: int, most: int, within: float) -> bytes:
        """Empty where the other end has gone, or by ``cancel``. TimeoutError after ``within`` seconds."""

    def write(self, pipe: int, data: bytes, within: float) -> int:
        """How much of it. TimeoutError after ``within`` seconds."""

    def client(self, pipe: int) -> str:
        """The SID of who wrote what was read last."""

    def cancel(self, pipe: int) -> None:
        """Ends what waits for this pipe."""

    def close(self, pipe: int) -> None: ...


def pipe_calls() -> PipeCalls:
    if sys.platform == "win32":
        return _Calls()
    raise OSError(ELSEWHERE)


if sys.platform == "win32":
    import ctypes
    from collections.abc import Callable
    from ctypes import byref, sizeof
    from ctypes.wintypes import DWORD

    from agent.windows.structures import Overlapped, SecurityAttributes
    from agent.windows.system_calls import advapi32, failed, kernel32
    from agent.windows.token import sid_of_pipe_client

    _DUPLEX, _OVERLAPPED, _FIRST, _REJECT_REMOTE = 0x3, 0x40000000, 0x00080000, 0x8
    _UNLIMITED, _SIZE = 255, 1 << 16
    _OPEN_EXISTING = 3
    _IDENTIFY_ONLY = 0x00110000
    """SECURITY_SQOS_PRESENT and SECURITY_IDENTIFICATION: the service may learn who we are, and not act in our name."""
    _IO_PENDING, _PIPE_CONNECTED, _ABORTED, _WAIT_TIMEOUT, _FOR_EVER = 997, 535, 995, 0x102, 0xFFFFFFFF
    _GONE = frozenset({109, 232, 233, _ABORTED})
    """The pipe is broken, closing, without another end; or what waited for it was cancelled."""
    _INVALID = ctypes.c_void_p(-1).value

    def _done(pipe: int, begin: Callable[[object], int], within: float | None) -> int:
        """Bytes. Begun and waited for: a handle for plain reading and writing does only one of the two at a time. What
        is under way is over before its memory goes."""
        event = kernel32.CreateEventW(None, True, False, None)
        overlapped, count = Overlapped(event=event), DWORD()
        try:
            if not begin(byref(overlapped)) and ctypes.get_last_error() != _IO_PENDING:
                raise failed()
            most = _FOR_EVER if within is None else int(within * 1000)
            is_late = kernel32.WaitForSingleObject(event, most) == _WAIT_TIMEOUT
            if is_late:
                kernel32.CancelIoEx(pipe, byref(overlapped))
            if not kernel32.GetOverlappedResult(pipe, byref(overlapped), byref(count), True):
                problem = failed()
                raise TimeoutError("nothing came of it in time") if is_late else problem
            return count.value
        finally:
            kernel32.CloseHandle(event)

    class _Calls:
        def create(self, name: str, who_may: str, *, is_first: bool) -> int:
            descriptor = ctypes.c_void_p()
            convert = advapi32.ConvertStringSecurityDescriptorToSecurityDescriptorW
            if not convert(who_may, 1, byref(descriptor), None):
                raise failed()
            attributes = SecurityAttributes(length=sizeof(SecurityAttributes), descriptor=descriptor.value, inherit=0)
            opened = _DUPLEX | _OVERLAPPED | (_FIRST if is_first else 0)
            pipe = kernel32.CreateNamedPipeW(
                name, opened, _REJECT_REMOTE, _UNLIMITED, _SIZE, _SIZE, 0, byref(attributes)
            )
            problem = failed()
            kernel32.LocalFree(descriptor)
            if pipe in (None, _INVALID):
                raise problem
            return int(pipe)

        def wait_for_client(self, pipe: int) -> bool:
            try:
                _done(pipe, lambda o: kernel32.ConnectNamedPipe(pipe, o), None)
            except OSError as e:
                if e.winerror in _GONE:
                    return False
                if e.winerror != _PIPE_CONNECTED:
                    raise
            return True

        def open(self, name: str, rights: int) -> int:
            pipe = kernel32.CreateFileW(name, rights, 0, None, _OPEN_EXISTING, _OVERLAPPED | _IDENTIFY_ONLY, None)
            if pipe in (None, _INVALID):
                raise failed()
            return int(pipe)

        def read(self, pipe: int, most: int, within: float) -> bytes:
            buffer = ctypes.create_string_buffer(most)
            try:
                count = _done(pipe, lambda o: kernel32.ReadFile(pipe, buffer, most, None, o), within)
            except OSError as e:
                if getattr(e, "winerror", None) in _GONE:
                    return b""
                raise
            return buffer.raw[:count]

        def write(self, pipe: int, data: bytes, within: float) -> int:
            return _done(pipe, lambda o: kernel32.WriteFile(pipe, data, len(data), None, o), within)

        def client(self, pipe: int) -> str:
            return sid_of_pipe_client(pipe)

        def cancel(self, pipe: int) -> None:
            kernel32.CancelIoEx(pipe, None)

        def close(self, pipe: int) -> None:
            kernel32.CloseHandle(pipe)
