"""Records of one side that come before it is known what opens them: early data, of which the server has yet to say
whether it takes it."""

from proxy_addons.replay.tls.records import Record

MOST_HELD = 1 << 18
"""Bytes; servers take some tens of thousands at most."""


class EarlyRecords:
    def __init__(self, *, may_come: bool) -> None:
        self.may_come = may_come
        self._held: list[Record] = []
        self._size = 0

    def __bool__(self) -> bool:
        """Whether any is held."""
        return bool(self._held)

    def hold(self, record: Record) -> bool:
        """Whether it is; not if none may come, or they are too many."""
        if not self.may_come or self._size + len(record.body) > MOST_HELD:
            return False
        self._held.append(record)
        self._size += len(record.body)
        return True

    def release(self) -> list[Record]:
        """All that are held; no more may come."""
        held = self._held
        self.may_come, self._held, self._size = False, [], 0
        return held

    def drop(self) -> int:
        """How many bytes are held no longer."""
        size, self._size = self._size, 0
        self._held.clear()
        return size
