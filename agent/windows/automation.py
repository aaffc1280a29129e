"""UI Automation, through comtypes: what has the focus, and what stands on a window."""

import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import Protocol, TypeVar

from agent.windows.elements import Element
from agent.windows.user32 import ELSEWHERE

VALUE_PATTERN, TEXT_PATTERN, IS_READ_ONLY = 10002, 10014, 40015
"""As UIAutomationClient.h numbers them."""
PATIENCE = 1000
"""Milliseconds for one answer of another program."""
MISSING = "the text on the screen is not seen: the Python package comtypes is not installed"
Answer = TypeVar("Answer")


class Automation(Protocol):
    """For the thread that made it."""

    def focused(self) -> Element | None: ...

    def of_window(self, window: int) -> Element | None: ...


def automation() -> Automation:
    """OSError, in a sentence, where there is none."""
    if sys.platform == "win32":
        return _Automation()
    raise OSError(ELSEWHERE)


class TextRange(Protocol):
    """Names are the system's own, here and below."""

    def GetText(self, longest: int) -> str: ...  # the system's own names, here and below

    def GetAttributeValue(self, attribute: int) -> object: ...


class Pattern(Protocol):
    """Either of the two; which of them ``Raw.pattern`` was asked for decides what it has."""

    @property
    def CurrentValue(self) -> str: ...
    @property
    def CurrentIsReadOnly(self) -> int: ...
    @property
    def DocumentRange(self) -> TextRange: ...


class Raw(Protocol):
    """An ``IUIAutomationElement``, but for the patterns and the neighbours, which need more than itself."""

    @property
    def CurrentName(self) -> str: ...
    @property
    def CurrentControlType(self) -> int: ...
    @property
    def CurrentIsPassword(self) -> int: ...
    @property
    def CurrentIsOffscreen(self) -> int: ...

    def GetRuntimeId(self) -> tuple[int, ...]: ...


class Tree(Protocol):
    """What is asked beside the element itself. ``error`` is what comtypes raises for a program that is gone."""

    error: type[Exception]

    def pattern(self, raw: Raw, number: int) -> Pattern | None: ...

    def parent(self, raw: Raw) -> Raw | None: ...

    def first(self, raw: Raw) -> Raw | None: ...

    def next(self, raw: Raw) -> Raw | None: ...


class AutomationElement:
    """An ``Element`` of a live window: each answer may fail, for the window may close at any time."""

    def __init__(self, raw: Raw, tree: Tree) -> None:
        self._raw, self._tree = raw, tree

    @property
    def key(self) -> str:
        return self._asked(lambda: ".".join(map(str, self._raw.GetRuntimeId())), "")

    @property
    def kind(self) -> int:
        return self._asked(lambda: int(self._raw.CurrentControlType), 0)

    @property
    def name(self) -> str:
        return self._asked(lambda: self._raw.CurrentName or "", "")

    @property
    def is_password(self) -> bool:
        return self._asked(lambda: bool(self._raw.CurrentIsPassword), True)

    @property
    def is_off_screen(self) -> bool:
        return self._asked(lambda: bool(self._raw.CurrentIsOffscreen), True)

    @property
    def can_be_written(self) -> bool:
        """By its value where it has one; else by its text, which must say outright that it is not read-only."""
        return self._asked(self._is_writable, False)

    def value(self) -> str | None:
        pattern = self._pattern(VALUE_PATTERN)
        return self._asked(lambda: pattern.CurrentValue or "", None) if pattern else None

    def text(self, most: int) -> str | None:
        pattern = self._pattern(TEXT_PATTERN)
        return self._asked(lambda: pattern.DocumentRange.GetText(most) or "", None) if pattern else None

    def parent(self) -> Element | None:
        found = self._asked(lambda: self._tree.parent(self._raw), None)
        return AutomationElement(found, self._tree) if found else None

    def children(self) -> Iterator[Element]:
        raw = self._asked(lambda: self._tree.first(self._raw), None)
        while raw:
            yield AutomationElement(raw, self._tree)
            raw = self._asked(partial(self._tree.next, raw), None)

    def _is_writable(self) -> bool:
        if by_value := self._tree.pattern(self._raw, VALUE_PATTERN):
            return not by_value.CurrentIsReadOnly
        by_text = self._tree.pattern(self._raw, TEXT_PATTERN)
        return by_text is not None and by_text.DocumentRange.GetAttributeValue(IS_READ_ONLY) is False

    def _pattern(self, number: int) -> Pattern | None:
        return self._asked(lambda: self._tree.pattern(self._raw, number), None)

    def _asked(self, question: Callable[[], Answer], otherwise: Answer) -> Answer:
        with suppress(self._tree.error, OSError, ValueError):  # comtypes: a null pointer is a ValueError
            return question()
        return otherwise


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
