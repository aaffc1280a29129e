"""The agent's service as Windows' service control manager (SCM) wants it: started, asked, told and stopped by it."""

import sys
from typing import Protocol

from agent.windows.user32 import ELSEWHERE

NAME = "GatehouseAgent"
STOP, INTERROGATE, SHUTDOWN, SESSION_CHANGE = 1, 4, 5, 14
"""Controls, as WinSvc.h numbers them."""
STOPPED, START_PENDING, STOP_PENDING, RUNNING = 1, 2, 3, 4
ACCEPTS = 0x01 | 0x04 | 0x80
"""To be stopped, to be told of the shutdown and of sessions."""
DONE, NOT_KNOWN = 0, 120
_OWN_PROCESS = 0x10
_HINT = 10_000
"""Milliseconds that a start or a stop may take before Windows thinks it hangs."""


class Program(Protocol):
    def run(self) -> None:
        """Until ``stop``."""

    def stop(self, *, shutting_down: bool) -> None:
        """From another thread, at once."""

    def session_changed(self, kind: int, session: int) -> None:
        """From another thread, at once."""


def run_service(program: Program, name: str = NAME) -> None:
    """Blocks until the service has stopped. OSError where it was not the SCM that started this process."""
    if sys.platform == "win32":
        _run(program, name)
        return
    raise OSError(ELSEWHERE)


def answer(program: Program, control: int, kind: int, session: int) -> int:
    """What the SCM is answered. Only administrators may stop a service; they are told apart by the SCM, not here."""
    if control in (STOP, SHUTDOWN):
        program.stop(shutting_down=control == SHUTDOWN)
    elif control == SESSION_CHANGE:
        program.session_changed(kind, session)
    elif control != INTERROGATE:
        return NOT_KNOWN
    return DONE


if sys.platform == "win32":
    import ctypes
    import os
    from ctypes import byref, c_uint32, c_void_p, cast

    from agent.windows.structures import ServiceStatus, ServiceTableEntry, SessionNotification
    from agent.windows.system_calls import advapi32, failed

    _MAIN = ctypes.WINFUNCTYPE(None, c_uint32, c_void_p)
    _HANDLER = ctypes.WINFUNCTYPE(c_uint32, c_uint32, c_uint32, c_void_p, c_void_p)

    class _Service:
        """Its functions are called by Windows: ``main`` on one thread, ``handle`` on another."""

        def __init__(self, program: Program, name: str) -> None:
            self._program, self._name, self._at = program, name, 0
            self._handler = _HANDLER(self.handle)  # kept: Windows has no more than its address

        def main(self, count: int, arguments: int) -> None:
            self._at = advapi32.RegisterServiceCtrlHandlerExW(self._name, self._handler, None)
            if not self._at:
                return
            self._say(START_PENDING)
            self._say(RUNNING)
            is_over = False
            try:
                self._program.run()
                is_over = True
            finally:
                if not is_over:
                    os._exit(1)  # without a word: of what says that it stopped, Windows starts nothing again
            self._say(STOPPED)

        def handle(self, control: int, kind: int, data: int | None, context: int | None) -> int:
            told = SessionNotification.from_address(data).session if control == SESSION_CHANGE and data else 0
            if control in (STOP, SHUTDOWN):
                self._say(STOP_PENDING)
            return answer(self._program, control, kind, told)

        def _say(self, state: int) -> None:
            status = ServiceStatus(
                kind=_OWN_PROCESS,
                state=state,
                accepts=ACCEPTS if state == RUNNING else 0,
                wait_hint=_HINT if state in (START_PENDING, STOP_PENDING) else 0,
            )
            advapi32.SetServiceStatus(self._at, byref(status))

    def _run(program: Program, name: str) -> None:
        service = _Service(program, name)
        main, text = _MAIN(service.main), ctypes.create_unicode_buffer(name)
        table = (ServiceTableEntry * 2)()
        table[0].name = ctypes.addressof(text)
        table[0].main = cast(main, c_void_p).value
        if not advapi32.StartServiceCtrlDispatcherW(table):
            raise failed()
