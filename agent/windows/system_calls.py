"""Windows' calls for pipes, tokens and processes, with what they take and give declared once."""

import sys

if sys.platform == "win32":
    import ctypes
    from ctypes.wintypes import BOOL, DWORD, HANDLE, LPCWSTR, LPVOID, LPWSTR

    kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
    advapi32 = ctypes.WinDLL("advapi32", use_last_error=True)
    wtsapi32 = ctypes.WinDLL("wtsapi32", use_last_error=True)
    userenv = ctypes.WinDLL("userenv", use_last_error=True)

    def failed() -> OSError:
        """What Windows says was wrong with the last call."""
        return ctypes.WinError(ctypes.get_last_error())

    def _declare(library: ctypes.WinDLL, name: str, result: type | None, *arguments: type) -> None:
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments

    _declare(kernel32, "CreateNamedPipeW", HANDLE, LPCWSTR, DWORD, DWORD, DWORD, DWORD, DWORD, DWORD, LPVOID)
    _declare(kernel32, "ConnectNamedPipe", BOOL, HANDLE, LPVOID)
    _declare(kernel32, "CreateFileW", HANDLE, LPCWSTR, DWORD, DWORD, LPVOID, DWORD, DWORD, HANDLE)
    _declare(kernel32, "ReadFile", BOOL, HANDLE, LPVOID, DWORD, LPVOID, LPVOID)
    _declare(kernel32, "WriteFile", BOOL, HANDLE, LPVOID, DWORD, LPVOID, LPVOID)
    _declare(kernel32, "CreateEventW", HANDLE, LPVOID, BOOL, BOOL, LPCWSTR)
    _declare(kernel32, "GetOverlappedResult", BOOL, HANDLE, LPVOID, LPVOID, BOOL)
    _declare(kernel32, "CancelIoEx", BOOL, HANDLE, LPVOID)
    _declare(kernel32, "CloseHandle", BOOL, HANDLE)
    _declare(kernel32, "LocalFree", HANDLE, HANDLE)
    _declare(kernel32, "GetComputerNameW", BOOL, LPWSTR, LPVOID)
    _declare(kernel32, "GetCurrentThread", HANDLE)
    _declare(kernel32, "WaitForSingleObject", DWORD, HANDLE, DWORD)
    _declare(kernel32, "TerminateProcess", BOOL, HANDLE, DWORD)
    _declare(advapi32, "ImpersonateNamedPipeClient", BOOL, HANDLE)
    _declare(advapi32, "RevertToSelf", BOOL)
    _declare(advapi32, "OpenThreadToken", BOOL, HANDLE, DWORD, BOOL, LPVOID)
    _declare(advapi32, "GetTokenInformation", BOOL, HANDLE, DWORD, LPVOID, DWORD, LPVOID)
    _declare(advapi32, "ConvertSidToStringSidW", BOOL, LPVOID, LPVOID)
    _declare(advapi32, "ConvertStringSidToSidW", BOOL, LPCWSTR, LPVOID)
    _declare(advapi32, "LookupAccountSidW", BOOL, LPCWSTR, LPVOID, LPWSTR, LPVOID, LPWSTR, LPVOID, LPVOID)
    _declare(advapi32, "ConvertStringSecurityDescriptorToSecurityDescriptorW", BOOL, LPCWSTR, DWORD, LPVOID, LPVOID)
    _declare(
        advapi32, "CreateProcessAsUserW", BOOL,
        HANDLE, LPCWSTR, LPWSTR, LPVOID, LPVOID, BOOL, DWORD, LPVOID, LPCWSTR, LPVOID, LPVOID,
    )  # fmt: skip
    _declare(advapi32, "StartServiceCtrlDispatcherW", BOOL, LPVOID)
    _declare(advapi32, "RegisterServiceCtrlHandlerExW", HANDLE, LPCWSTR, LPVOID, LPVOID)
    _declare(advapi32, "SetServiceStatus", BOOL, HANDLE, LPVOID)
    _declare(wtsapi32, "WTSQueryUserToken", BOOL, DWORD, LPVOID)
    _declare(wtsapi32, "WTSEnumerateSessionsW", BOOL, HANDLE, DWORD, DWORD, LPVOID, LPVOID)
    _declare(wtsapi32, "WTSFreeMemory", None, LPVOID)
    _declare(userenv, "CreateEnvironmentBlock", BOOL, LPVOID, HANDLE, BOOL)
    _declare(userenv, "DestroyEnvironmentBlock", BOOL, LPVOID)
