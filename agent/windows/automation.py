"""UI Automation, through comtypes: what has the focus, and what stands on a window."""

import sys
from contextlib import suppress
from typing import Protocol

from agent.windows.automation_element import TEXT_PATTERN, VALUE_PATTERN, AutomationElement, Pattern, Raw
from agent.windows.elements import Element
from agent.windows.user32 import ELSEWHERE

PATIENCE = 1000
"""Milliseconds for one answer of another program."""
MISSING = "the text on the screen is not seen: the Python package comtypes is not installed"


class Automation(Protocol):
    """For the thread that made it."""

    def focused(self) -> Element | None: ...

    def of_window(self, window: int) -> Element | None: ...


def automation() -> Automation:
    """OSError, in a sentence, where there is none."""
    if sys.platform == "win32":
        return _Automation()
    raise OSError(ELSEWHERE)


if sys.platform == "win32":

    class _Automation:
        def __init__(self) -> None:
            comtypes, client = _com()  # type: ignore[no-untyped-call]
            module = client.GetModule("UIAutomationCore.dll")
            self._client = client.CreateObject(module.CUIAutomation8, interface=module.IUIAutomation2)
            self._client.ConnectionTimeout = self._client.TransactionTimeout = PATIENCE
            self._tree = _Tree(self._client.ControlViewWalker, module, comtypes.COMError)

        def focused(self) -> Element | None:
            with suppress(self._tree.error, OSError, ValueError):
                found = self._client.GetFocusedElement()
                return AutomationElement(found, self._tree) if found else None
            return None

        def of_window(self, window: int) -> Element | None:
            with suppress(self._tree.error, OSError, ValueError):
                found = self._client.ElementFromHandle(window)
                return AutomationElement(found, self._tree) if found else None
            return None

    class _Tree:
        def __init__(self, walker, module, error: type[Exception]) -> None:  # type: ignore[no-untyped-def]
            self._walker, self.error = walker, error
            self._kinds = {
                VALUE_PATTERN: module.IUIAutomationValuePattern,
                TEXT_PATTERN: module.IUIAutomationTextPattern,
            }

        def pattern(self, raw, number: int) -> Pattern | None:  # type: ignore[no-untyped-def]
            found = raw.GetCurrentPattern(number)
            return found.QueryInterface(self._kinds[number]) if found else None

        def parent(self, raw: Raw) -> Raw | None:
            return self._walker.GetParentElement(raw) or None

        def first(self, raw: Raw) -> Raw | None:
            return self._walker.GetFirstChildElement(raw) or None

        def next(self, raw: Raw) -> Raw | None:
            return self._walker.GetNextSiblingElement(raw) or None

    def _com():  # type: ignore[no-untyped-def]
        """comtypes makes the thread that loads it one of a kind that ``coinit_flags`` names: 0 is the multithreaded
        one, which Microsoft asks of clients of UI Automation. Any later thread has to say it by itself."""
        is_loaded = "comtypes" in sys.modules
        sys.coinit_flags = 0  # type: ignore[attr-defined]
        try:
            import comtypes
            import comtypes.client
        except ImportError:
            raise OSError(MISSING) from None
        if is_loaded:
            comtypes.CoInitializeEx(0)
        return comtypes, comtypes.client
