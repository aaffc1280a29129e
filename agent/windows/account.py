"""What an account of Windows is called here, and whether the device made it itself."""

import hashlib
import sys
from collections.abc import Callable

from agent.windows.user32 import ELSEWHERE

AccountOf = Callable[[str], str]
"""Of a SID; empty where Windows knows no name for it."""
LOCAL = ".\\"
"""Before the name of an account of the device's own, as Windows has one sign in to it: a pupil's namesake is nobody."""
_OF_NO_DIRECTORY = frozenset({"", "builtin", "nt authority", "nt service", "window manager"})


def spelt(name: str, domain: str, computer: str) -> str:
    """``a.clarke`` of the school's directory, ``.\\a.clarke`` of the device."""
    if not name:
        return ""
    own = domain.casefold() in _OF_NO_DIRECTORY | {computer.casefold()}
    return f"{LOCAL}{name}" if own else name


def number_of(sid: str) -> int:
    """The same for the same SID and for no other: by its last part a namesake of the device has the same as a pupil."""
    return int.from_bytes(hashlib.sha256(sid.encode()).digest()[:6])


def account_of_sid(sid: str) -> str:
    if sys.platform == "win32":
        return _account_of_sid(sid)
    raise OSError(ELSEWHERE)


if sys.platform == "win32":
    import ctypes
    from ctypes import byref
    from ctypes.wintypes import DWORD

    from agent.windows.system_calls import advapi32, failed, kernel32

    _NONE_MAPPED = 1332
    _LONGEST = 256

    def _account_of_sid(sid: str) -> str:
        name, domain = ctypes.create_unicode_buffer(_LONGEST), ctypes.create_unicode_buffer(_LONGEST)
        names, domains, use = DWORD(_LONGEST), DWORD(_LONGEST), DWORD()
        binary = ctypes.c_void_p()
        if not advapi32.ConvertStringSidToSidW(sid, byref(binary)):
            raise failed()
        try:
            if not advapi32.LookupAccountSidW(None, binary, name, byref(names), domain, byref(domains), byref(use)):
                problem = failed()
                if problem.winerror == _NONE_MAPPED:
                    return ""
                raise problem
        finally:
            kernel32.LocalFree(binary)
        return spelt(name.value, domain.value, _computer())

    def _computer() -> str:
        name, size = ctypes.create_unicode_buffer(_LONGEST), DWORD(_LONGEST)
        if not kernel32.GetComputerNameW(name, byref(size)):
            raise failed()
        return name.value
