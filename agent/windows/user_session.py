"""A program in the session of somebody who is signed in on Windows, under their account, started by the service."""

import sys
from collections.abc import Sequence
from typing import Protocol

from agent.windows.user32 import ELSEWHERE

SERVICES = 0
"""The session of services, in which nobody signs in."""


class Started(Protocol):
    def is_running(self) -> bool: ...

    def end(self) -> None: ...


def signed_in() -> Sequence[tuple[int, str]]:
    """The numbers of the sessions in which somebody is, also of those that are switched away from; and whose SID."""
    if sys.platform == "win32":
        return _signed_in()
    raise OSError(ELSEWHERE)


def start_in(session: int, command: str) -> Started:
    """It ends with this process, so that after a kill there are never two in one session. OSError where nobody is
    signed in there, or where this is not the system's own account, which alone may."""
    if sys.platform == "win32":
        return _start_in(session, command)
    raise OSError(ELSEWHERE)


if sys.platform == "win32":
    import ctypes
    from ctypes import byref, sizeof
    from ctypes.wintypes import DWORD, HANDLE
    from functools import cache

    from agent.windows.structures import ProcessInformation, SessionInfo, StartupInfo
    from agent.windows.system_calls import advapi32, failed, kernel32, userenv, wtsapi32
    from agent.windows.token import sid_of_token
    from detection import windows_job

    _ACTIVE, _DISCONNECTED = 0, 4
    _STILL_RUNNING = 0x102
    """WAIT_TIMEOUT: its end was not reached."""
    _UNICODE_ENVIRONMENT, _NO_WINDOW = 0x400, 0x08000000
    _DESKTOP = "winsta0\\default"

    class _Started:
        def __init__(self, handle: int) -> None:
            self._handle = handle

        def is_running(self) -> bool:
            return bool(kernel32.WaitForSingleObject(self._handle, 0) == _STILL_RUNNING)

        def end(self) -> None:
            kernel32.TerminateProcess(self._handle, 0)
            kernel32.CloseHandle(self._handle)

    def _signed_in() -> Sequence[tuple[int, str]]:
        first, count = ctypes.c_void_p(), DWORD()
        if not wtsapi32.WTSEnumerateSessionsW(None, 0, 1, byref(first), byref(count)):
            raise failed()
        try:
            found = (SessionInfo * count.value).from_address(first.value or 0)
            asked = [(each.session, _sid_in(each)) for each in found if each.session != SERVICES]
            return [(session, sid) for session, sid in asked if sid]
        finally:
            wtsapi32.WTSFreeMemory(first)

    def _sid_in(info: SessionInfo) -> str:
        """Empty where nobody is."""
        token = HANDLE()
        if info.state not in (_ACTIVE, _DISCONNECTED) or not wtsapi32.WTSQueryUserToken(info.session, byref(token)):
            return ""
        try:
            return sid_of_token(token.value or 0)
        finally:
            kernel32.CloseHandle(token)

    def _start_in(session: int, command: str) -> Started:
        token, environment = HANDLE(), ctypes.c_void_p()
        if not wtsapi32.WTSQueryUserToken(session, byref(token)):
            raise failed()
        try:
            if not userenv.CreateEnvironmentBlock(byref(environment), token, False):
                raise failed()
            try:
                return _start(token, command, environment)
            finally:
                userenv.DestroyEnvironmentBlock(environment)
        finally:
            kernel32.CloseHandle(token)

    def _start(token: "ctypes.wintypes.HANDLE", command: str, environment: ctypes.c_void_p) -> Started:
        """Windows may write into the command's own memory, so it is given a copy."""
        desktop = ctypes.create_unicode_buffer(_DESKTOP)
        startup = StartupInfo(size=sizeof(StartupInfo), desktop=ctypes.addressof(desktop))
        line, made = ctypes.create_unicode_buffer(command), ProcessInformation()
        how = _UNICODE_ENVIRONMENT | _NO_WINDOW
        if not advapi32.CreateProcessAsUserW(
            token, None, line, None, None, False, how, environment, None, byref(startup), byref(made)
        ):
            raise failed()
        kernel32.CloseHandle(made.thread)
        started = _Started(made.process)
        try:
            windows_job.enter(_ours(), made.process)
        except OSError:
            started.end()
            raise
        return started

    @cache
    def _ours() -> int:
        return windows_job.new_job(windows_job.ending_with_us())
