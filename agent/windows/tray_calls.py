"""Windows' own calls for an icon in the tray and what it says, and no decision. The structures are ``structures``'."""

import sys
from typing import Protocol

from agent.windows.user32 import ELSEWHERE

LEFT_UP, RIGHT_UP, BALLOON_CLICKED = 0x0202, 0x0205, 0x0405
"""What the tray says somebody did: WM_LBUTTONUP, WM_RBUTTONUP, NIN_BALLOONUSERCLICK."""


class TrayCalls(Protocol):
    """For the thread that made it, but for ``wake``."""

    def icon(self, tip: str) -> None:
        """OSError while there is no tray: Windows' shell has not started, or starts anew."""

    def balloon(self, title: str, text: str) -> None: ...

    def wait(self) -> list[int]:
        """What was done to the icon; until something was, or until ``wake``."""

    def wake(self) -> None: ...

    def close(self) -> None: ...


def tray_calls() -> TrayCalls:
    """OSError elsewhere, or where Windows gives no window to speak through."""
    if sys.platform == "win32":
        return _Calls()
    raise OSError(ELSEWHERE)


def room_for(text: str, units: int) -> bytes:
    """As Windows keeps text of at most ``units`` UTF-16 units, the last of them zero; no letter is cut in half."""
    return text.encode("utf-16-le")[: 2 * (units - 1)].decode("utf-16-le", "ignore").encode("utf-16-le")


if sys.platform == "win32":
    import ctypes
    from ctypes import byref, sizeof
    from ctypes.wintypes import BOOL, DWORD, HANDLE, HWND, INT, LPARAM, LPCWSTR, LPVOID, UINT, WPARAM

    from agent.windows.structures import NotifyIconData, ThreadMessage, WindowClass
    from agent.windows.system_calls import failed, kernel32

    _ADD, _MODIFY, _DELETE = 0, 1, 2
    _MESSAGE, _ICON, _TIP, _INFO = 0x1, 0x2, 0x4, 0x10
    _INFORMATION, _QUEUE_INPUT, _FOR_EVER, _REMOVE = 32516, 0x04FF, 0xFFFFFFFF, 0x1
    _OURS = 0x8001
    """WM_APP and one: what the tray sends."""
    _NAME = "GatehouseAgentNotice"
    _PROCEDURE = ctypes.WINFUNCTYPE(LPARAM, HWND, UINT, WPARAM, LPARAM)
    _user32 = ctypes.WinDLL("user32", use_last_error=True)
    _shell32 = ctypes.WinDLL("shell32", use_last_error=True)

    def _declare(library: ctypes.WinDLL, name: str, result: type | None, *arguments: type) -> None:
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments

    _declare(_user32, "RegisterClassExW", UINT, LPVOID)
    _declare(_user32, "UnregisterClassW", BOOL, LPCWSTR, HANDLE)
    _declare(
        _user32, "CreateWindowExW", HWND,
        DWORD, LPCWSTR, LPCWSTR, DWORD, INT, INT, INT, INT, HWND, HANDLE, HANDLE, LPVOID,
    )  # fmt: skip
    _declare(_user32, "DestroyWindow", BOOL, HWND)
    _declare(_user32, "DefWindowProcW", LPARAM, HWND, UINT, WPARAM, LPARAM)
    _declare(_user32, "RegisterWindowMessageW", UINT, LPCWSTR)
    _declare(_user32, "PeekMessageW", BOOL, LPVOID, HWND, UINT, UINT, UINT)
    _declare(_user32, "DispatchMessageW", LPARAM, LPVOID)
    _declare(_user32, "MsgWaitForMultipleObjects", DWORD, DWORD, LPVOID, BOOL, DWORD, DWORD)
    _declare(_user32, "LoadIconW", HANDLE, HANDLE, LPVOID)
    _declare(_shell32, "Shell_NotifyIconW", BOOL, DWORD, LPVOID)
    _declare(kernel32, "GetModuleHandleW", HANDLE, LPCWSTR)
    _declare(kernel32, "SetEvent", BOOL, HANDLE)

    class _Calls:
        """The shell tells windows, and only those at the top that it starts anew. This one is never shown."""

        def __init__(self) -> None:
            self._done, self._tip, self._is_there = list[int](), "", False
            self._restarted = _user32.RegisterWindowMessageW("TaskbarCreated")
            self._procedure = _PROCEDURE(self._told)  # kept: Windows has no more than its address
            self._name = ctypes.create_unicode_buffer(_NAME)
            self._program = kernel32.GetModuleHandleW(None)
            wanted = WindowClass(
                size=sizeof(WindowClass),
                procedure=ctypes.cast(self._procedure, ctypes.c_void_p).value,
                program=self._program,
                name=ctypes.addressof(self._name),
            )
            if not _user32.RegisterClassExW(byref(wanted)):
                raise failed()
            self._window = _user32.CreateWindowExW(0, _NAME, _NAME, 0, 0, 0, 0, 0, None, None, self._program, None)
            if not self._window:
                problem = failed()
                _user32.UnregisterClassW(_NAME, self._program)
                raise problem
            self._event = kernel32.CreateEventW(None, False, False, None)

        def icon(self, tip: str) -> None:
            self._tip = tip
            data = self._data(_MESSAGE | _ICON | _TIP)
            if not _shell32.Shell_NotifyIconW(_MODIFY if self._is_there else _ADD, byref(data)):
                raise OSError("there is no tray")
            self._is_there = True

        def balloon(self, title: str, text: str) -> None:
            data = self._data(_INFO)
            _put(data, "info_title", title)
            _put(data, "info", text)
            if not _shell32.Shell_NotifyIconW(_MODIFY, byref(data)):
                raise OSError("there is no tray")

        def wait(self) -> list[int]:
            event = HANDLE(self._event)
            _user32.MsgWaitForMultipleObjects(1, byref(event), False, _FOR_EVER, _QUEUE_INPUT)
            message = ThreadMessage()
            while _user32.PeekMessageW(byref(message), None, 0, 0, _REMOVE):
                _user32.DispatchMessageW(byref(message))
            done, self._done = self._done, []
            if not self._is_there and self._tip:
                self.icon(self._tip)
            return done

        def wake(self) -> None:
            kernel32.SetEvent(self._event)

        def close(self) -> None:
            _shell32.Shell_NotifyIconW(_DELETE, byref(self._data(0)))
            _user32.DestroyWindow(self._window)
            _user32.UnregisterClassW(_NAME, self._program)

        def _data(self, flags: int) -> NotifyIconData:
            data = NotifyIconData(
                size=sizeof(NotifyIconData), window=self._window, id=1, flags=flags, message=_OURS,
                icon=_user32.LoadIconW(None, _INFORMATION),
            )  # fmt: skip
            _put(data, "tip", self._tip)
            return data

        def _told(self, window: int, message: int, first: int, second: int) -> int:
            if message == _OURS:
                self._done.append(second)
                return 0
            if message == self._restarted:
                self._is_there = False
            return int(_user32.DefWindowProcW(window, message, first, second))

    def _put(data: NotifyIconData, name: str, text: str) -> None:
        room = getattr(data, name)
        kept = room_for(text, len(room))
        ctypes.memmove(room, kept, len(kept))
