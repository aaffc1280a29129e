"""mitmproxy's HTTP/2 connection for a replay: what comes at once is told at once, and no frame is written out."""

from h2.events import DataReceived, Event
from h2.stream import StreamState
from hyperframe.frame import DataFrame, Frame
from mitmproxy.proxy.layers.http._http_h2 import BufferedH2Connection

_READS = (StreamState.OPEN, StreamState.HALF_CLOSED_LOCAL)


class Http2Reading(BufferedH2Connection):
    def receive_data(self, data: bytes) -> list[Event]:
        """What comes of one body at once is one event: every layer above costs more for an event than for its bytes."""
        told: list[Event] = []
        pieces: list[bytes] = []
        for event in super().receive_data(data):
            last = told[-1] if told else None
            if isinstance(event, DataReceived) and isinstance(last, DataReceived) and _goes_on(last, event):
                pieces = pieces or [last.data]
                pieces.append(event.data)
                last.flow_controlled_length += event.flow_controlled_length
                last.stream_ended = event.stream_ended
                continue
            _join(last, pieces)
            pieces = []
            told.append(event)
        _join(told[-1] if told else None, pieces)
        return told

    def _receive_frame(self, frame: Frame) -> list[Event]:
        """h2 writes every frame out for its log, bodies too."""
        stream = self.streams.get(frame.stream_id)
        if not isinstance(frame, DataFrame) or stream is None or stream.state_machine.state not in _READS:
            events: list[Event] = super()._receive_frame(frame)
            return events
        frames, events = self._receive_data_frame(frame)
        self._prepare_for_sending(frames)
        return events


def _goes_on(last: DataReceived, event: DataReceived) -> bool:
    return last.stream_id == event.stream_id and last.stream_ended is None


def _join(event: Event | None, pieces: list[bytes]) -> None:
    if pieces and isinstance(event, DataReceived):
        event.data = b"".join(pieces)
