"""What a person types grows: a place is reported once, and again only if what stands there has become graver."""

from agent.service.outbox import DeviceOutbox


class Growing:
    """Known over a restart and a kill, since the outbox notes a place in the step in which it takes the detection."""

    def __init__(self, outbox: DeviceOutbox) -> None:
        self._outbox = outbox
        self._place = b""

    def look_at(self, id: str, account: str, place: str) -> None:
        """The next detection is of this place."""
        self._place = self._outbox.place(account, place)
        self._outbox.expect(id, self._place)

    def is_news(self, severity: int) -> bool:
        return severity > self._outbox.severity_at(self._place)
