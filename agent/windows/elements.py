"""What UI Automation says of the things on a window: which of them is a field, what stands in it, what can be read."""

import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Protocol

from agent.polling.screen import Focus
from agent.session.desktop import Field, Window

COMBO_BOX, EDIT, HYPERLINK, LIST_ITEM, TEXT = 50003, 50004, 50005, 50007, 50020
TREE_ITEM, DATA_ITEM, DOCUMENT = 50024, 50029, 50030
"""Control types, as UIAutomationClient.h numbers them."""
_WRITTEN_IN = frozenset({COMBO_BOX, EDIT, DOCUMENT})
_NAMED_BY_THEIR_TEXT = frozenset({TEXT, HYPERLINK, LIST_ITEM, TREE_ITEM, DATA_ITEM})
LONGEST = 20_000
"""Characters of one field."""
MOST, DEEPEST, SECONDS = 800, 40, 0.5
"""Elements, and how long they are asked: each question goes to the other program and back."""


class Element(Protocol):
    """Answers with less where the program is gone or says nothing; ``is_password`` is true where that is not sure."""

    @property
    def key(self) -> str: ...
    @property
    def kind(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def is_password(self) -> bool: ...
    @property
    def is_off_screen(self) -> bool: ...
    @property
    def can_be_written(self) -> bool: ...
    def value(self) -> str | None: ...
    def text(self, most: int) -> str | None: ...
    def parent(self) -> "Element | None": ...
    def children(self) -> Iterator["Element"]: ...


def focus_on(element: Element, window: Window) -> Focus | None:
    """None where the person cannot write there: a page of the web may have the focus itself."""
    if element.is_password:
        return Focus(field=Field(key=element.key, window=window, is_secure=True))
    if element.kind not in _WRITTEN_IN or not element.can_be_written or is_page(element):
        return None
    text = element.text(LONGEST)
    if text is None:
        text = (element.value() or "")[:LONGEST]
    return Focus(field=Field(key=element.key, window=window), text=text.replace("\r\n", "\n").replace("\r", "\n"))


def is_page(element: Element) -> bool:
    """Browsers give a page's address as the value of its document."""
    return element.kind == DOCUMENT and (element.value() or "").startswith(("http://", "https://"))


def address_around(element: Element | None) -> str:
    """Of the page it stands on, the outermost where there are frames in frames; empty where it stands on none."""
    address = ""
    for each in islice(_upwards(element), DEEPEST):
        if is_page(each):
            address = each.value() or address
    return address


def texts_below(root: Element, clock: Callable[[], float] = time.monotonic) -> Sequence[str]:
    """In reading order. Of a password field and of what lies within it nothing."""
    end, found = clock() + SECONDS, list[str]()
    for element in islice(_downwards(root, 0), MOST):
        if text := _shown(element):
            found.append(text)
        if clock() > end:
            break
    return found


def _shown(element: Element) -> str:
    if element.is_password or element.is_off_screen:
        return ""
    if element.kind in _NAMED_BY_THEIR_TEXT:
        return element.name.strip()
    if element.kind == DOCUMENT and not is_page(element) and next(element.children(), None) is None:
        return (element.text(LONGEST) or "").strip()
    return ""


def _downwards(element: Element, depth: int) -> Iterator[Element]:
    yield element
    if depth < DEEPEST and not element.is_password:
        for child in element.children():
            yield from _downwards(child, depth + 1)


def _upwards(element: Element | None) -> Iterator[Element]:
    while element is not None:
        yield element
        element = element.parent()
