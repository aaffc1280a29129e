"""What can be read on a window through accessibility: its texts, and the address or name of what is open in it."""

import time
from collections.abc import Iterator, Sequence

from agent.linux.accessible_bus import ROOT, AccessibleBus
from agent.linux.accessible_line import Ref
from agent.linux.roles import DOCUMENTS, NAMED, READ, Role, State, bits, has

MOST_NODES = 600
DEPTH = 40
SECONDS = 1.5
LONGEST = 20_000
"""Characters of all texts together."""
_LONGEST_NODE = 4000
_WRITTEN = (Role.TEXT, Role.ENTRY, Role.PARAGRAPH, Role.SECTION)
"""Of these the one that is written in just now is told edit by edit, and not read here half done."""
_EMBEDDED = "\ufffc"
"""Stands in a text for a node of its own."""


def frame_of(bus: AccessibleBus, pid: int | None, title: str) -> Ref | None:
    """The active window of a program; of several the one with this title."""
    frames = [
        frame
        for program in bus.children(ROOT)
        if pid is not None and bus.process(program.owner) == pid
        for frame in bus.children(program)
        if has(bus.states(frame), State.SHOWING)
    ]
    active = [frame for frame in frames if has(bus.states(frame), State.ACTIVE)] or frames
    named = [frame for frame in active if bus.name(frame) == title] if len(active) > 1 else []
    return next(iter(named or active), None)


def speaks(bus: AccessibleBus, pid: int | None, title: str) -> bool:
    """Whether a window's program tells of itself what is typed. A terminal tells what is shown in it alone."""
    frame = frame_of(bus, pid, title)
    return frame is not None and not bus.matches(frame, bits((State.SHOWING,)), bits((Role.TERMINAL,)), 1)


def document_of(bus: AccessibleBus, frame: Ref) -> tuple[str, str]:
    """The address of the page that is open in it and the name of the document; empty where it does not say."""
    for node in _nodes(bus, frame, DOCUMENTS, most=3, ends=time.monotonic() + SECONDS):
        address = bus.address(node)
        name = "" if address else bus.name(node)
        if address or name:
            return address, name
    return "", ""


def texts_of(bus: AccessibleBus, frame: Ref) -> Sequence[str]:
    """In reading order. Of a field for passwords nothing is asked but what it is."""
    texts, room, ends = list[str](), LONGEST, time.monotonic() + SECONDS
    for node in _nodes(bus, frame, READ, MOST_NODES, ends):
        if room <= 0 or time.monotonic() > ends:
            break
        text = _text(bus, node)[:room]
        if text and not (texts and text in texts[-1]):
            texts.append(text)
            room -= len(text)
    return texts


def _text(bus: AccessibleBus, node: Ref) -> str:
    role = bus.role(node)
    if role is None or role == Role.PASSWORD_TEXT or role not in READ:
        return ""
    if role in _WRITTEN and has(bus.states(node), State.FOCUSED, State.EDITABLE):
        return ""
    text = bus.text(node, 0, min(bus.length(node), _LONGEST_NODE)) or ""
    text = text.replace(_EMBEDDED, " ").strip()
    return text or (bus.name(node).strip() if role in NAMED else "")


def _nodes(bus: AccessibleBus, top: Ref, roles: Sequence[Role], most: int, ends: float) -> Iterator[Ref]:
    """What shows and has one of ``roles``: asked at once, or node by node of programs that cannot be asked so."""
    found = bus.matches(top, bits((State.SHOWING,)), bits(roles), most)
    if found is not None:
        yield from found
        return
    waiting, looked = [(top, 0)], 0
    while waiting and looked < MOST_NODES and time.monotonic() < ends:
        node, depth = waiting.pop()
        looked += 1
        if not has(bus.states(node), State.SHOWING):
            continue
        if bus.role(node) in roles:
            yield node
        if depth < DEPTH:
            waiting += [(child, depth + 1) for child in reversed(bus.children(node))]
