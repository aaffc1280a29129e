"""Read the flows of a dump as far as it is whole, and say where it is not."""

import io
from collections.abc import Iterator

from mitmproxy.exceptions import FlowReadException
from mitmproxy.flow import Flow
from mitmproxy.io import FlowReader

_OF_DAMAGE = (FlowReadException, ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError)
"""What mitmproxy raises where a flow is of another form than it should be."""


class FlowDump:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self.damage: list[str] = []
        """After iterating: what was wrong, and where."""

    def __iter__(self) -> Iterator[Flow]:
        opened, number = io.BytesIO(self._data), 0
        while (start := opened.tell()) < len(self._data):
            number += 1
            try:
                flow = next(iter(FlowReader(opened).stream()))
            except _OF_DAMAGE as e:
                after = opened.tell()
                cut = after >= len(self._data)
                why = "is cut off or damaged" if cut else f"is damaged ({e.__cause__ or e})"
                self.damage.append(f"flow {number}, at byte {start:,}, {why}")
                return
            flow.metadata.clear()  # of whoever wrote it: what we note on a flow is ours to say
            yield flow
