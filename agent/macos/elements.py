"""What the Accessibility API says of the things on a window: which is a field, what stands in it, what can be read."""

import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Protocol

from agent.polling.screen import Focus
from agent.session.desktop import Field, Window

SECURE = "AXSecureTextField"
"""A subrole; a few programs give it as the role."""
WRITTEN_IN = frozenset({"AXTextField", "AXTextArea", "AXComboBox"})
STATIC_TEXT, WEB_AREA = "AXStaticText", "AXWebArea"
LONGEST = 20_000
"""Characters of one field."""
MOST, DEEPEST, SECONDS = 800, 40, 0.5
"""Elements, and how long they are asked: each question goes to the other program and back."""
Ask = Callable[[object, str], object]
"""An element's attribute by its name; None where it has none, or the program is gone."""


class Element(Protocol):
    @property
    def key(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def is_secure(self) -> bool: ...
    @property
    def can_be_written(self) -> bool: ...
    def value(self) -> str: ...
    def address(self) -> str: ...
    def parent(self) -> "Element | None": ...
    def children(self) -> Iterator["Element"]: ...


class AccessibleElement:
    """An ``Element`` by the attributes of a live one. Where the roles are not told it counts as secure."""

    def __init__(self, of: object, ask: Ask, settable: Ask, key: Callable[[object], str]) -> None:
        self._of, self._ask, self._settable, self._key = of, ask, settable, key

    @property
    def key(self) -> str:
        return self._key(self._of)

    @property
    def role(self) -> str:
        return text_of(self._ask(self._of, "AXRole"))

    @property
    def is_secure(self) -> bool:
        role = self.role
        return not role or SECURE in (role, text_of(self._ask(self._of, "AXSubrole")))

    @property
    def can_be_written(self) -> bool:
        return self._settable(self._of, "AXValue") is True

    def value(self) -> str:
        return text_of(self._ask(self._of, "AXValue"))

    def address(self) -> str:
        """An NSURL says its address as its description."""
        found = self._ask(self._of, "AXURL")
        return str(found) if found is not None else ""

    def parent(self) -> Element | None:
        found = self._ask(self._of, "AXParent")
        return self._like(found) if found is not None else None

    def children(self) -> Iterator[Element]:
        found = self._ask(self._of, "AXChildren")
        if isinstance(found, Sequence) and not isinstance(found, str):
            yield from map(self._like, found)

    def _like(self, other: object) -> "AccessibleElement":
        return AccessibleElement(other, self._ask, self._settable, self._key)


def text_of(value: object) -> str:
    """A value may be a number, a date or anything; only text is read."""
    return str(value) if isinstance(value, str) else ""


def focus_on(element: Element, window: Window) -> Focus | None:
    """None where the person cannot write there. Nothing of a secure field is asked but what it is."""
    if element.is_secure:
        return Focus(field=Field(key=element.key, window=window, is_secure=True))
    if element.role not in WRITTEN_IN or not element.can_be_written:
        return None
    return Focus(field=Field(key=element.key, window=window), text=element.value()[:LONGEST])


def address_around(element: Element | None) -> str:
    """Of the page it stands on, the outermost where there are frames in frames."""
    address, depth = "", 0
    while element is not None and depth < DEEPEST:
        if element.role == WEB_AREA:
            address = element.address() or address
        element, depth = element.parent(), depth + 1
    return address


def texts_below(root: Element, clock: Callable[[], float] = time.monotonic) -> Sequence[str]:
    """In reading order. Of a secure field and of what lies within it nothing."""
    end, found = clock() + SECONDS, list[str]()
    for element in islice(_downwards(root, 0), MOST):
        if element.role == STATIC_TEXT and (text := element.value().strip()):
            found.append(text)
        if clock() > end:
            break
    return found


def _downwards(element: Element, depth: int) -> Iterator[Element]:
    if depth > DEEPEST or element.is_secure:
        return
    yield element
    for child in element.children():
        yield from _downwards(child, depth + 1)
