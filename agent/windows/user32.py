"""``WindowCalls`` by Windows' own libraries. Elsewhere there is nothing here but the sentence that says so."""

import sys
from collections.abc import Sequence

from agent.session.picture import Pixels
from agent.windows.window_calls import WindowCalls

ELSEWHERE = "this is not Windows"


def window_calls() -> WindowCalls:
    """OSError elsewhere."""
    if sys.platform == "win32":
        return _User32()
    raise OSError(ELSEWHERE)


def milliseconds_between(earlier: int, later: int) -> int:
    """Of Windows' counter of 32 bits, which begins anew every 49.7 days."""
    return (later - earlier) & 0xFFFFFFFF


if sys.platform == "win32":
    import ctypes
    from ctypes import byref, sizeof
    from ctypes.wintypes import (
        BOOL,
        DWORD,
        HANDLE,
        HBITMAP,
        HDC,
        HGDIOBJ,
        HWND,
        INT,
        LPARAM,
        LPCWSTR,
        LPVOID,
        LPWSTR,
        UINT,
    )

    from agent.windows.structures import BitmapInfoHeader, LastInputInfo, Rect

    _QUERY_LIMITED = 0x1000
    _RENDER_FULL_CONTENT = 2
    _LARGEST = 8192
    _LONGEST = 1024
    _EACH_WINDOW = ctypes.WINFUNCTYPE(BOOL, HWND, LPARAM)
    _user32 = ctypes.WinDLL("user32", use_last_error=True)
    _gdi32 = ctypes.WinDLL("gdi32", use_last_error=True)
    _kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
    _version = ctypes.WinDLL("version", use_last_error=True)

    def _declare(library: ctypes.WinDLL, name: str, result: type | None, *arguments: type) -> None:
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments

    _declare(_user32, "GetForegroundWindow", HWND)
    _declare(_user32, "GetWindowTextW", INT, HWND, LPWSTR, INT)
    _declare(_user32, "GetWindowThreadProcessId", DWORD, HWND, LPVOID)
    _declare(_user32, "EnumChildWindows", BOOL, HWND, _EACH_WINDOW, LPARAM)
    _declare(_user32, "GetLastInputInfo", BOOL, LPVOID)
    _declare(_user32, "GetWindowRect", BOOL, HWND, LPVOID)
    _declare(_user32, "IsHungAppWindow", BOOL, HWND)
    _declare(_user32, "GetWindowDC", HDC, HWND)
    _declare(_user32, "ReleaseDC", INT, HWND, HDC)
    _declare(_user32, "PrintWindow", BOOL, HWND, HDC, UINT)
    _declare(_user32, "SetProcessDPIAware", BOOL)
    _declare(_gdi32, "CreateCompatibleDC", HDC, HDC)
    _declare(_gdi32, "CreateCompatibleBitmap", HBITMAP, HDC, INT, INT)
    _declare(_gdi32, "SelectObject", HGDIOBJ, HDC, HGDIOBJ)
    _declare(_gdi32, "GetDIBits", INT, HDC, HBITMAP, UINT, UINT, LPVOID, LPVOID, UINT)
    _declare(_gdi32, "DeleteObject", BOOL, HGDIOBJ)
    _declare(_gdi32, "DeleteDC", BOOL, HDC)
    _declare(_kernel32, "OpenProcess", HANDLE, DWORD, BOOL, DWORD)
    _declare(_kernel32, "QueryFullProcessImageNameW", BOOL, HANDLE, DWORD, LPWSTR, LPVOID)
    _declare(_kernel32, "CloseHandle", BOOL, HANDLE)
    _declare(_kernel32, "GetTickCount", DWORD)
    _declare(_version, "GetFileVersionInfoSizeW", DWORD, LPCWSTR, LPVOID)
    _declare(_version, "GetFileVersionInfoW", BOOL, LPCWSTR, DWORD, DWORD, LPVOID)
    _declare(_version, "VerQueryValueW", BOOL, LPVOID, LPCWSTR, LPVOID, LPVOID)

    class _User32:
        def __init__(self) -> None:
            _user32.SetProcessDPIAware()  # else windows are told to be smaller than they are

        def foreground(self) -> int:
            return _user32.GetForegroundWindow() or 0

        def title(self, window: int) -> str:
            """Another program's is what Windows keeps of it: the program is not asked, and cannot hold us up."""
            text = ctypes.create_unicode_buffer(_LONGEST)
            _user32.GetWindowTextW(window, text, _LONGEST)
            return text.value

        def process(self, window: int) -> int:
            number = DWORD()
            _user32.GetWindowThreadProcessId(window, byref(number))
            return number.value

        def children(self, window: int) -> Sequence[int]:
            found = list[int]()

            def each(child: int, _: int) -> bool:
                found.append(child)
                return len(found) < _LONGEST

            _user32.EnumChildWindows(window, _EACH_WINDOW(each), 0)
            return found

        def program(self, process: int) -> str:
            handle = _kernel32.OpenProcess(_QUERY_LIMITED, False, process) if process else None
            if not handle:
                return ""
            try:
                text, size = ctypes.create_unicode_buffer(_LONGEST), DWORD(_LONGEST)
                return text.value if _kernel32.QueryFullProcessImageNameW(handle, 0, text, byref(size)) else ""
            finally:
                _kernel32.CloseHandle(handle)

        def description(self, program: str) -> str:
            size = _version.GetFileVersionInfoSizeW(program, None) if program else 0
            block = ctypes.create_string_buffer(size)
            if not size or not _version.GetFileVersionInfoW(program, 0, size, block):
                return ""
            language = _value(block, r"\VarFileInfo\Translation")
            if len(language) < 4:
                return ""
            numbers = f"{int.from_bytes(language[:2], 'little'):04x}{int.from_bytes(language[2:4], 'little'):04x}"
            found = _value(block, rf"\StringFileInfo\{numbers}\FileDescription", bytes_each=2)
            return found.decode("utf-16-le", "replace").partition("\0")[0]

        def idle(self) -> float:
            last = LastInputInfo(size=sizeof(LastInputInfo))
            if not _user32.GetLastInputInfo(byref(last)):
                return 0.0
            return milliseconds_between(last.time, _kernel32.GetTickCount()) / 1000

        def pixels(self, window: int) -> Pixels | None:
            """Of a program that does not answer none: drawing its window would wait for it."""
            rect = Rect()
            if _user32.IsHungAppWindow(window) or not _user32.GetWindowRect(window, byref(rect)):
                return None
            width, height = rect.right - rect.left, rect.bottom - rect.top
            if not (0 < width <= _LARGEST and 0 < height <= _LARGEST):
                return None
            context = _user32.GetWindowDC(window)
            if not context:
                return None
            try:
                return _painted(window, context, width, height)
            finally:
                _user32.ReleaseDC(window, context)

    def _value(block: "ctypes.Array[ctypes.c_char]", name: str, bytes_each: int = 1) -> bytes:
        """The length of a text is told in characters, that of anything else in bytes."""
        at, length = ctypes.c_void_p(), UINT()
        if not _version.VerQueryValueW(block, name, byref(at), byref(length)) or not at.value:
            return b""
        return ctypes.string_at(at.value, length.value * bytes_each)

    def _painted(window: int, context: int, width: int, height: int) -> Pixels | None:
        memory = _gdi32.CreateCompatibleDC(context)
        bitmap = _gdi32.CreateCompatibleBitmap(context, width, height)
        try:
            before = _gdi32.SelectObject(memory, bitmap)
            is_painted = _user32.PrintWindow(window, memory, _RENDER_FULL_CONTENT)
            _gdi32.SelectObject(memory, before)  # GetDIBits wants the bitmap in no context
            return _bits(memory, bitmap, width, height) if is_painted else None
        finally:
            _gdi32.DeleteObject(bitmap)
            _gdi32.DeleteDC(memory)

    def _bits(memory: int, bitmap: int, width: int, height: int) -> Pixels | None:
        """A negative height asks for the upper row first."""
        wanted = BitmapInfoHeader(size=sizeof(BitmapInfoHeader), width=width, height=-height, planes=1, bits=32)
        data = ctypes.create_string_buffer(4 * width * height)
        rows = _gdi32.GetDIBits(memory, bitmap, 0, height, data, byref(wanted), 0)
        return Pixels(width=width, height=height, data=data.raw) if rows == height else None
