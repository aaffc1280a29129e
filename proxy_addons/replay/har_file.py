"""Read the entries of a HAR one by one, so that one that is cut off still gives those before the cut."""

import json
import re
from collections.abc import Iterator

from mitmproxy.http import HTTPFlow

from proxy_addons.replay.har_entry import HarError, flow_of

_ENTRIES = re.compile(r'"entries"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")


class HarFile:
    def __init__(self, data: bytes) -> None:
        self._text = data.decode("utf-8-sig", "replace")
        self.damage: list[str] = []
        """After iterating: what was wrong, and where."""

    def __iter__(self) -> Iterator[HTTPFlow]:
        for number, entry in enumerate(self._entries(), 1):
            try:
                yield flow_of(entry)
            except HarError as e:
                self.damage.append(f"entry {number}: {e}")

    def _entries(self) -> Iterator[object]:
        begins = _ENTRIES.search(self._text)
        if not begins:
            self.damage.append("it has no list of entries")
            return
        decoder, place = json.JSONDecoder(), begins.end()
        while True:
            between = _BETWEEN.match(self._text, place)
            place = between.end() if between else place
            if self._text[place : place + 1] == "]":
                return
            try:
                entry, place = decoder.raw_decode(self._text, place)
            except (ValueError, RecursionError) as e:
                self.damage.append(f"line {self._text.count(chr(10), 0, place) + 1}: cut off or no JSON ({_why(e)})")
                return
            yield entry


def _why(error: Exception) -> str:
    return error.msg if isinstance(error, json.JSONDecodeError) else "nested too deep"
