"""Whose token it is: the account's SID, as Windows writes it (``S-1-5-21-…``)."""

import sys

from agent.windows.user32 import ELSEWHERE


def sid_of_pipe_client(pipe: int) -> str:
    """Of who wrote what was last read from the pipe. OSError where Windows does not tell."""
    if sys.platform == "win32":
        return _of_pipe_client(pipe)
    raise OSError(ELSEWHERE)


def sid_of_token(token: int) -> str:
    if sys.platform == "win32":
        return _of_token(token)
    raise OSError(ELSEWHERE)


if sys.platform == "win32":
    import ctypes
    import os
    from ctypes import byref
    from ctypes.wintypes import DWORD, HANDLE

    from agent.windows.system_calls import advapi32, failed, kernel32

    _TOKEN_QUERY, _TOKEN_USER = 0x0008, 1

    def _of_pipe_client(pipe: int) -> str:
        """This thread is the client for a moment. Should it be unable to become itself again, then nothing more may be
        done in its name: Microsoft's advice is to end the process."""
        if not advapi32.ImpersonateNamedPipeClient(pipe):
            raise failed()
        token = HANDLE()
        is_open = advapi32.OpenThreadToken(kernel32.GetCurrentThread(), _TOKEN_QUERY, True, byref(token))
        problem = failed()
        if not advapi32.RevertToSelf():
            os._exit(1)
        if not is_open or token.value is None:
            raise problem
        try:
            return _of_token(token.value)
        finally:
            kernel32.CloseHandle(token)

    def _of_token(token: int) -> str:
        """TOKEN_USER begins with the SID's address."""
        size = DWORD()
        advapi32.GetTokenInformation(token, _TOKEN_USER, None, 0, byref(size))
        block = ctypes.create_string_buffer(size.value)
        if not advapi32.GetTokenInformation(token, _TOKEN_USER, block, size, byref(size)):
            raise failed()
        text = ctypes.c_void_p()
        if not advapi32.ConvertSidToStringSidW(ctypes.c_void_p.from_buffer(block), byref(text)):
            raise failed()
        try:
            return ctypes.wstring_at(text.value or 0)
        finally:
            kernel32.LocalFree(text)
