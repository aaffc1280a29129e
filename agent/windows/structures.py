"""The structures that Windows' calls take, with their sizes written out, so that they can be checked anywhere."""

from ctypes import Structure, c_int32, c_size_t, c_uint8, c_uint16, c_uint32, c_uint64, c_void_p


class Rect(Structure):
    _fields_ = (("left", c_int32), ("top", c_int32), ("right", c_int32), ("bottom", c_int32))


class LastInputInfo(Structure):
    _fields_ = (("size", c_uint32), ("time", c_uint32))


class BitmapInfoHeader(Structure):
    _fields_ = (
        ("size", c_uint32),
        ("width", c_int32),
        ("height", c_int32),
        ("planes", c_uint16),
        ("bits", c_uint16),
        ("compression", c_uint32),
        ("image_size", c_uint32),
        ("x_pixels_per_metre", c_int32),
        ("y_pixels_per_metre", c_int32),
        ("colours_used", c_uint32),
        ("colours_important", c_uint32),
    )


class Overlapped(Structure):
    _fields_ = (("internal", c_size_t), ("internal_high", c_size_t), ("offset", c_uint64), ("event", c_void_p))


class SecurityAttributes(Structure):
    _fields_ = (("length", c_uint32), ("descriptor", c_void_p), ("inherit", c_int32))


class ServiceStatus(Structure):
    _fields_ = (
        ("kind", c_uint32),
        ("state", c_uint32),
        ("accepts", c_uint32),
        ("exit_code", c_uint32),
        ("own_exit_code", c_uint32),
        ("check_point", c_uint32),
        ("wait_hint", c_uint32),
    )


class SessionNotification(Structure):
    _fields_ = (("size", c_uint32), ("session", c_uint32))


class StartupInfo(Structure):
    """STARTUPINFOW; pointers to text are given as addresses."""

    _fields_ = (
        ("size", c_uint32),
        ("reserved", c_void_p),
        ("desktop", c_void_p),
        ("title", c_void_p),
        ("x", c_uint32),
        ("y", c_uint32),
        ("x_size", c_uint32),
        ("y_size", c_uint32),
        ("x_characters", c_uint32),
        ("y_characters", c_uint32),
        ("fill", c_uint32),
        ("flags", c_uint32),
        ("show", c_uint16),
        ("reserved_size", c_uint16),
        ("reserved_bytes", c_void_p),
        ("standard_input", c_void_p),
        ("standard_output", c_void_p),
        ("standard_error", c_void_p),
    )


class ProcessInformation(Structure):
    _fields_ = (("process", c_void_p), ("thread", c_void_p), ("process_id", c_uint32), ("thread_id", c_uint32))


class SessionInfo(Structure):
    """WTS_SESSION_INFOW."""

    _fields_ = (("session", c_uint32), ("station", c_void_p), ("state", c_uint32))


class ServiceTableEntry(Structure):
    """SERVICE_TABLE_ENTRYW; both are addresses."""

    _fields_ = (("name", c_void_p), ("main", c_void_p))


class WindowClass(Structure):
    """WNDCLASSEXW; the procedure and both names are addresses."""

    _fields_ = (
        ("size", c_uint32),
        ("style", c_uint32),
        ("procedure", c_void_p),
        ("class_extra", c_int32),
        ("window_extra", c_int32),
        ("program", c_void_p),
        ("icon", c_void_p),
        ("cursor", c_void_p),
        ("background", c_void_p),
        ("menu", c_void_p),
        ("name", c_void_p),
        ("small_icon", c_void_p),
    )


class ThreadMessage(Structure):
    """MSG."""

    _fields_ = (
        ("window", c_void_p),
        ("message", c_uint32),
        ("first", c_size_t),
        ("second", c_size_t),
        ("time", c_uint32),
        ("x", c_int32),
        ("y", c_int32),
    )


class NotifyIconData(Structure):
    """NOTIFYICONDATAW; texts are UTF-16, which ``c_wchar`` is on Windows alone."""

    _fields_ = (
        ("size", c_uint32),
        ("window", c_void_p),
        ("id", c_uint32),
        ("flags", c_uint32),
        ("message", c_uint32),
        ("icon", c_void_p),
        ("tip", c_uint16 * 128),
        ("state", c_uint32),
        ("state_mask", c_uint32),
        ("info", c_uint16 * 256),
        ("version", c_uint32),
        ("info_title", c_uint16 * 64),
        ("info_flags", c_uint32),
        ("guid", c_uint8 * 16),
        ("balloon_icon", c_void_p),
    )
