"""macOS's own calls, through PyObjC: which window is in front, what its program tells of it, and its picture."""

import sys
from dataclasses import dataclass
from typing import Protocol

from agent.macos.elements import Element

ELSEWHERE = "this is not macOS"
MISSING = "nothing is seen: install pyobjc-framework-ApplicationServices and pyobjc-framework-Quartz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """The window in front of all others."""

    number: int
    pid: int
    app: str


class Accessibility(Protocol):
    """For the thread that made it. None of it raises for a program that is gone or does not answer."""

    def front(self) -> Front | None: ...

    def window(self, front: Front) -> Element | None: ...

    def focused(self, front: Front) -> Element | None: ...

    def title(self, front: Front) -> str: ...

    def document(self, front: Front) -> str:
        """The file's address."""

    def idle(self) -> float: ...

    def is_secure_input(self) -> bool:
        """Whether some program has asked the system to keep keys from all others, as for a password."""

    def picture(self, front: Front) -> bytes: ...

    def may_read(self) -> bool:
        """Whether this program was granted Accessibility."""

    def may_picture(self) -> bool:
        """Whether this program was granted Screen Recording."""


def accessibility() -> Accessibility:
    """OSError, in a sentence, where there is none."""
    if sys.platform == "darwin":
        return _Accessibility()
    raise OSError(ELSEWHERE)


if sys.platform == "darwin":
    import ctypes

    from agent.macos.elements import AccessibleElement, text_of

    _QUALITY = 0.7
    _JPEG = 3
    _PATIENCE = 1.0
    """Seconds for one answer of another program."""
    _CARBON = "/System/Library/Frameworks/Carbon.framework/Carbon"

    class _Accessibility:
        """The list of windows is asked for the one in front: NSWorkspace tells the truth only to programs whose main
        thread runs Cocoa's loop. The list stands from front to back; layer 0 is that of ordinary windows."""

        def __init__(self) -> None:
            try:
                import AppKit
                import ApplicationServices
                import CoreFoundation
                import objc
                import Quartz
            except ImportError:
                raise OSError(MISSING) from None
            self._ax, self._app_kit, self._quartz, self._objc = ApplicationServices, AppKit, Quartz, objc
            self._core = CoreFoundation
            # Of the whole system's element: said of any other, it holds for that one alone and for none within it.
            self._ax.AXUIElementSetMessagingTimeout(self._ax.AXUIElementCreateSystemWide(), _PATIENCE)
            self._carbon = ctypes.CDLL(_CARBON)
            self._carbon.IsSecureEventInputEnabled.restype = ctypes.c_bool

        def front(self) -> Front | None:
            quartz = self._quartz
            which = quartz.kCGWindowListOptionOnScreenOnly | quartz.kCGWindowListExcludeDesktopElements
            with self._objc.autorelease_pool():
                for each in quartz.CGWindowListCopyWindowInfo(which, quartz.kCGNullWindowID) or ():
                    if each.get("kCGWindowLayer") == 0:
                        number, pid = int(each["kCGWindowNumber"]), int(each["kCGWindowOwnerPID"])
                        return Front(number=number, pid=pid, app=str(each.get("kCGWindowOwnerName") or ""))
            return None

        def window(self, front: Front) -> Element | None:
            return self._of_program(front, "AXFocusedWindow")

        def focused(self, front: Front) -> Element | None:
            return self._of_program(front, "AXFocusedUIElement")

        def title(self, front: Front) -> str:
            return text_of(self._of_window(front, "AXTitle"))

        def document(self, front: Front) -> str:
            return text_of(self._of_window(front, "AXDocument"))

        def idle(self) -> float:
            quartz = self._quartz
            return float(
                quartz.CGEventSourceSecondsSinceLastEventType(
                    quartz.kCGEventSourceStateHIDSystemState, quartz.kCGAnyInputEventType
                )
            )

        def is_secure_input(self) -> bool:
            return bool(self._carbon.IsSecureEventInputEnabled())

        def picture(self, front: Front) -> bytes:
            """CGWindowListCreateImage is deprecated since macOS 14; where a later system has it no more, there is no
            picture. Its successor, ScreenCaptureKit, answers only to programs that run Cocoa's loop."""
            quartz, app_kit = self._quartz, self._app_kit
            if not self.may_picture() or not hasattr(quartz, "CGWindowListCreateImage"):
                return b""
            with self._objc.autorelease_pool():
                image = quartz.CGWindowListCreateImage(
                    quartz.CGRectNull,
                    quartz.kCGWindowListOptionIncludingWindow,
                    front.number,
                    quartz.kCGWindowImageBoundsIgnoreFraming | quartz.kCGWindowImageNominalResolution,
                )
                if image is None:
                    return b""
                drawn = app_kit.NSBitmapImageRep.alloc().initWithCGImage_(image)
                how = {app_kit.NSImageCompressionFactor: _QUALITY}
                data = drawn.representationUsingType_properties_(_JPEG, how)
                return bytes(data) if data is not None else b""

        def may_read(self) -> bool:
            return bool(self._ax.AXIsProcessTrusted())

        def may_picture(self) -> bool:
            return bool(self._quartz.CGPreflightScreenCaptureAccess())

        def _program(self, front: Front) -> object:
            program: object = self._ax.AXUIElementCreateApplication(front.pid)
            return program

        def _of_program(self, front: Front, name: str) -> Element | None:
            found = self._ask(self._program(front), name)
            return AccessibleElement(found, self._ask, self._settable, self._key) if found is not None else None

        def _of_window(self, front: Front, name: str) -> object:
            window = self._ask(self._program(front), "AXFocusedWindow")
            return self._ask(window, name) if window is not None else None

        def _ask(self, of: object, name: str) -> object:
            """PyObjC gives the error and the value; 0 is none."""
            error, value = self._ax.AXUIElementCopyAttributeValue(of, name, None)
            return value if error == 0 else None

        def _settable(self, of: object, name: str) -> object:
            error, value = self._ax.AXUIElementIsAttributeSettable(of, name, None)
            return error == 0 and bool(value)

        def _key(self, of: object) -> str:
            """Two references to one element have one hash."""
            return f"m{self._core.CFHash(of):x}"
