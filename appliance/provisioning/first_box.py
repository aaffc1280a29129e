"""Whom a second gateway's box, which has no appliance of its own, reports to."""

from dataclasses import dataclass
from urllib.parse import urlsplit

ALONE_HOURS = 72


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstBox:
    address: str
    """As ``gatehouse device code`` says it there: "https://10.20.0.1:8446"."""
    alone_hours: int = ALONE_HOURS
    """So long what was agreed last holds while the first box cannot be reached; then nothing is read."""

    def __post_init__(self) -> None:
        at = urlsplit(self.address)
        if not (at.scheme == "https" and at.hostname and at.path in ("", "/") and not at.query):
            raise ValueError(f"address {self.address!r}: https://, a name or an address, and the port")
        check_alone(self.alone_hours)


def check_alone(hours: int) -> None:
    """ValueError."""
    if not 1 <= hours <= 336:
        raise ValueError("alone_hours must lie between 1 and 336")
