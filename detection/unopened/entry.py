"""One domain of a list: left closed or opened, why, on what ground, by whom and until when."""

import ipaddress
import re
from dataclasses import dataclass
from datetime import date

_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    domain: str
    """Stands for itself and everything below it."""
    reason: str
    """One word for what is counted: "bank"."""
    why: str
    """A sentence."""
    source: str = ""
    """What that rests on, for whoever asks."""
    opened: bool = False
    """Read, although a list further away, or a shorter name of this one, leaves it closed."""
    by: str = ""
    at: date | None = None
    until: date | None = None
    """The last day on which it counts."""

    def counts(self, today: date) -> bool:
        return self.until is None or today <= self.until


def domain(text: str) -> str:
    """``text`` as a list writes it. Raises ValueError, in a sentence, for what is no domain of two labels or more."""
    name = text.strip().rstrip(".").lower()
    if name.startswith("*."):
        raise ValueError(f"{text!r}: write {name[2:]}, which stands for everything below it")
    if "/" in name or ":" in name or " " in name:
        raise ValueError(f"{text!r}: a host's name alone, without scheme, port or path")
    if is_address(name):
        raise ValueError(f"{text!r}: an address names nobody; write the host's name")
    try:
        name = name if name.isascii() else name.encode("idna").decode("ascii")
    except UnicodeError as e:
        raise ValueError(f"{text!r}: is no host name") from e
    labels = name.split(".")
    if len(labels) < 2:
        raise ValueError(f"{text!r}: stands for far too much; a host's name has a dot")
    if len(name) > 253 or not all(map(_LABEL.fullmatch, labels)) or labels[-1].isdigit():
        raise ValueError(f"{text!r}: is no host name")
    return name


def is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text.strip("[]"))
    except ValueError:
        return False
    return True


def names(host: str) -> list[str]:
    """The host and every domain it lies below, the longest first."""
    labels = host.rstrip(".").lower().split(".")
    return [".".join(labels[start:]) for start in range(len(labels))]
