"""mitmproxy's HTTP/2 connection for a replay: what comes at once is told at once, and no window is kept."""

from collections.abc import Iterable
from typing import cast

from h2.config import H2Configuration
from h2.events import DataReceived, Event, StreamEnded
from h2.exceptions import ProtocolError
from h2.stream import H2Stream, StreamInputs, StreamState
from mitmproxy.proxy.layers.http._http_h2 import BufferedH2Connection

from proxy_addons.replay.http2_frames import DATA, END_STREAM, WINDOW_UPDATE, Frame, Http2Frames

_READS = (StreamState.OPEN, StreamState.HALF_CLOSED_LOCAL)
_PREFACE = len(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")


class Http2Reading(BufferedH2Connection):
    """The recorded ends kept each other's windows. Here nothing is sent, so they are not asked after; nor is what a
    head says of its body's length, which would hide what is beyond it."""

    def __init__(self, config: H2Configuration) -> None:
        super().__init__(config)
        self._frames = Http2Frames()
        self._before = b""
        self._awaited = 0 if config.client_side else _PREFACE

    def receive_data(self, data: bytes) -> list[Event]:
        """What could be read; last may be why no more can be, which mitmproxy takes for an event."""
        told = _Told()
        try:
            for frame in self._frames.whole(self._behind_preface(data)):
                stream = self._reads(frame)
                if stream and (body := frame.body) is not None:
                    told.body(stream, frame.stream, body, ends=bool(frame.flags & END_STREAM))
                elif frame.kind != WINDOW_UPDATE or not frame.is_apart:
                    told.others(super().receive_data(frame.whole))
        except ProtocolError as e:
            told.others([cast("Event", e)])
        return told.events()

    def acknowledge_received_data(self, acknowledged_size: int, stream_id: int) -> None:
        """Nobody waits for it."""

    def _behind_preface(self, data: bytes) -> bytes:
        if not self._awaited:
            return data
        self._before += data
        if len(self._before) < self._awaited:
            return b""
        before, behind = self._before[: self._awaited], self._before[self._awaited :]
        self._before, self._awaited = b"", 0
        super().receive_data(before)
        return behind

    def _reads(self, frame: Frame) -> H2Stream | None:
        """Whose body it is a part of; None where it is anything else, which is h2's to say."""
        stream = self.streams.get(frame.stream) if frame.kind == DATA and frame.is_apart else None
        return stream if stream and stream.state_machine.state in _READS else None


class _Told:
    """What comes of one body at once is one event: every layer above costs more for an event than for its bytes."""

    def __init__(self) -> None:
        self._events: list[Event] = []
        self._body: DataReceived | None = None
        self._pieces: list[bytes] = []

    def body(self, stream: H2Stream, number: int, data: bytes, *, ends: bool) -> None:
        if self._body is None or self._body.stream_id != number:
            self._join()
            (begun,) = stream.state_machine.process_input(StreamInputs.RECV_DATA)
            self._body = cast("DataReceived", begun)
            self._events.append(begun)
        self._pieces.append(data)
        if ends:
            (end,) = stream.state_machine.process_input(StreamInputs.RECV_END_STREAM)
            self._body.stream_ended = cast("StreamEnded", end)
            self.others([end])

    def others(self, events: Iterable[Event]) -> None:
        self._join()
        self._events += events

    def events(self) -> list[Event]:
        self._join()
        return self._events

    def _join(self) -> None:
        if self._body is not None:
            self._body.data, self._body.flow_controlled_length = b"".join(self._pieces), 0
        self._body, self._pieces = None, []
