"""A job of Windows: what processes in it may use, and that they end with whoever made it. Windows' calls have not been
run by us; the structures' sizes are checked anywhere."""

import sys
from ctypes import Structure, c_int64, c_size_t, c_uint32, c_uint64

ELSEWHERE = "this is not Windows"
_PROCESS_TIME, _PROCESSES, _MEMORY, _QUIET = 0x2, 0x8, 0x100, 0x400
_ENDS_WITH_US, _ALONE = 0x2000, 0x1000


class BasicLimits(Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION; times are in units of 100 ns."""

    _fields_ = (
        ("process_time", c_int64),
        ("job_time", c_int64),
        ("flags", c_uint32),
        ("smallest_working_set", c_size_t),
        ("largest_working_set", c_size_t),
        ("processes", c_uint32),
        ("affinity", c_size_t),
        ("priority", c_uint32),
        ("scheduling", c_uint32),
    )


class Limits(Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

    _fields_ = (
        ("basic", BasicLimits),
        ("counters", c_uint64 * 6),
        ("process_memory", c_size_t),
        ("job_memory", c_size_t),
        ("peak_process_memory", c_size_t),
        ("peak_job_memory", c_size_t),
    )


def bounded(memory: int, seconds: int) -> Limits:
    """For one process that reads what may be hostile: bytes, seconds of processor time, and no process beside it."""
    limits = Limits(process_memory=memory)
    limits.basic.flags = _PROCESS_TIME | _PROCESSES | _MEMORY | _QUIET
    limits.basic.process_time, limits.basic.processes = seconds * 10_000_000, 1
    return limits


def ending_with_us() -> Limits:
    """For processes that must not outlive whoever holds the job, however that ends. What they start is in no job of
    ours: a browser that was opened for somebody is theirs."""
    limits = Limits()
    limits.basic.flags = _ENDS_WITH_US | _ALONE
    return limits


def new_job(limits: Limits) -> int:
    """Its handle, which ends with this process if not closed before. OSError where Windows refuses."""
    if sys.platform == "win32":
        return _new_job(limits)
    raise OSError(ELSEWHERE)


def enter(job: int, process: int | None = None) -> None:
    """``process``: a handle; this process itself if not given."""
    if sys.platform == "win32":
        _enter(job, process)
        return
    raise OSError(ELSEWHERE)


if sys.platform == "win32":
    import ctypes
    from ctypes.wintypes import BOOL, DWORD, HANDLE, LPCWSTR, LPVOID

    _EXTENDED_LIMITS = 9
    _kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
    _kernel32.CreateJobObjectW.restype, _kernel32.CreateJobObjectW.argtypes = HANDLE, (LPVOID, LPCWSTR)
    _kernel32.SetInformationJobObject.restype = BOOL
    _kernel32.SetInformationJobObject.argtypes = (HANDLE, DWORD, LPVOID, DWORD)
    _kernel32.AssignProcessToJobObject.restype = BOOL
    _kernel32.AssignProcessToJobObject.argtypes = (HANDLE, HANDLE)
    _kernel32.GetCurrentProcess.restype = HANDLE

    def _new_job(limits: Limits) -> int:
        job = _kernel32.CreateJobObjectW(None, None)
        if not job:
            raise ctypes.WinError(ctypes.get_last_error())
        size = ctypes.sizeof(limits)
        if not _kernel32.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(limits), size):
            raise ctypes.WinError(ctypes.get_last_error())
        return int(job)

    def _enter(job: int, process: int | None) -> None:
        if not _kernel32.AssignProcessToJobObject(job, process or _kernel32.GetCurrentProcess()):
            raise ctypes.WinError(ctypes.get_last_error())
