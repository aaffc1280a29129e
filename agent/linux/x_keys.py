"""Keys as the X server sees them (RECORD), for programs that tell nothing: terminals and old toolkits."""

import os
import select
import struct
import sys
import threading
from collections.abc import Callable, Sequence

from Xlib import X
from Xlib.ext import record

from agent.linux.keymap import Keymap, Pressed
from agent.linux.x_server import GONE, connected, ended

_EVENT, _STATE = 32, 28
"""Bytes of an event, and where in it the modifiers stand."""
_ENABLE = 5
_REPLY = struct.Struct("=BBHIBB22x")
"""What comes before the events of an answer: that it is one, its kind, a number, its length in words, the byte order.
Nothing else is longer than that: that keys mean something else now is told here too."""
_ANSWER, _FROM_SERVER = 1, 0


def _asked(event: int) -> dict[str, object]:
    """Of what devices do one kind of event alone: when a key comes up again is nothing to us."""
    nothing = dict.fromkeys(("core_requests", "core_replies", "delivered_events", "errors"), (0, 0))
    nothing_of_extensions = dict.fromkeys(("ext_requests", "ext_replies"), (0, 0, 0, 0))
    asked = {"device_events": (event, event), "client_started": False, "client_died": False}
    return {**nothing, **nothing_of_extensions, **asked}


class XKeys:
    """Tells each key that is pressed and each click, in their order: from a thread of its own, or from whoever asks."""

    def __init__(
        self,
        name: str,
        pressed: Callable[[Pressed], None],
        clicked: Callable[[int], None],
        rests: Callable[[], float] = lambda: 0.0,
    ) -> None:
        """Raises OSError where the server has no RECORD. ``rests``: seconds for which keys are of no interest now, for
        the program tells itself what is typed; ``catch_up`` ends them."""
        self._pressed, self._clicked, self._rests = pressed, clicked, rests
        self._came, self._reading, self._is_reading = bytearray(), threading.RLock(), False
        self._roused, self._is_ended = threading.Event(), False
        self._reader, self._writer = os.pipe()
        self._control, self._data, self._symbols = connected(name), connected(name), connected(name)
        if not self._control.has_extension("RECORD"):
            self._close()
            raise OSError("the X server has no RECORD extension")
        self._asking = threading.Lock()
        self._keymap = Keymap(self._mapping)
        self._context = self._control.record_create_context(
            0, [record.AllClients], [_asked(X.KeyPress), _asked(X.ButtonPress)]
        )
        self._control.sync()
        self._line = self._data.display.socket
        self._thread = threading.Thread(target=self._run, name="x-keys", daemon=True)

    def begin(self) -> None:
        self._thread.start()

    def end(self) -> None:
        self._is_ended = True
        self._roused.set()
        os.write(self._writer, b".")
        if self._thread.ident is not None:
            self._thread.join(5)
        try:
            self._control.record_disable_context(self._context)
            self._control.record_free_context(self._context)
        except GONE:
            pass
        os.close(self._reader)
        os.close(self._writer)
        self._close()

    def catch_up(self) -> None:
        """All that was pressed until now is told when this returns; what is pressed next is told as it comes."""
        self._roused.set()
        with self._reading:
            if self._is_reading:  # whoever is told of a key asks
                return
            self._is_reading = True
            try:
                self._read()
            except (*GONE, ValueError):  # which a connection raises that was ended
                return
            finally:
                self._is_reading = False

    def remapped(self, first: int, count: int) -> None:
        try:
            self._keymap.remapped(first, count)
        except GONE:
            return

    def _mapping(self, first: int, count: int) -> Sequence[Sequence[int]]:
        with self._asking:
            return [tuple(row) for row in self._symbols.get_keyboard_mapping(first, count)]

    def _run(self) -> None:
        try:
            opcode = self._data.display.get_extension_major("RECORD")
            self._data.display.socket.sendall(struct.pack("=BBHI", opcode, _ENABLE, 2, self._context))
            while self._wait():
                self.catch_up()
                self._roused.clear()
                if (rests := self._rests()) > 0:
                    self._roused.wait(rests)
        except GONE:
            return

    def _wait(self) -> bool:
        ready, _, _ = select.select([self._line, self._reader], [], [])
        return not self._is_ended and self._reader not in ready

    def _read(self) -> None:
        """By hand: the library's way takes ten times as long, and this is done for every key."""
        while select.select([self._line], [], [], 0)[0]:
            if not (part := self._line.recv(65536)):
                raise ConnectionResetError("the X server has gone")
            self._came += part
            while len(self._came) >= _REPLY.size:
                what, kind, _, words, _, swapped = _REPLY.unpack_from(self._came)
                if len(self._came) < (end := _REPLY.size + (4 * words if what == _ANSWER else 0)):
                    break
                events, self._came = bytes(self._came[_REPLY.size : end]), self._came[end:]
                if (what, kind, swapped) == (_ANSWER, _FROM_SERVER, 0):
                    self._heard(events)

    def _heard(self, events: bytes) -> None:
        for start in range(0, len(events) - _EVENT + 1, _EVENT):
            self._take(events[start : start + _EVENT])

    def _take(self, event: bytes) -> None:
        kind, code = event[0] & 0x7F, event[1]
        if kind == X.KeyPress:
            if key := self._keymap.pressed(code, int.from_bytes(event[_STATE : _STATE + 2], sys.byteorder)):
                self._pressed(key)
        elif kind == X.ButtonPress:
            self._clicked(code)

    def _close(self) -> None:
        for each in (self._control, self._data, self._symbols):
            ended(each)
