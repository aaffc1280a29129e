"""What the network manager, or ``gatehouse provision``, can set about the supervisor."""

from dataclasses import dataclass

OPEN, CLOSED = "open", "closed"
"""Nobody reads for these devices: the web passes unread, or there is none."""
SPARE = 4
"""So many times as many ports as workers: those being replaced keep theirs until their last connection has ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisorSettings:
    workers: int = 2
    """As many as the firewall's rules spread devices over."""
    first_port: int = 8081
    """Of the ports on which workers take what the firewall redirects; four times as many as workers are used."""
    first_proxy_port: int = 8481
    """Likewise for devices that use the box as their proxy; 0 for none."""
    fail: str = OPEN
    """What devices have while no worker answers for them: "open", the web unread, or "closed", nothing."""
    memory_mb: int = 1500
    hours: float = 24.0
    """A worker larger or older than this is replaced, and ends when its last connection has."""
    drain_minutes: float = 30.0
    """Connections still open after this are closed."""
    table: str = "inet gatehouse"
    """The firewall's table, with the maps "workers" and "proxies"."""

    def __post_init__(self) -> None:
        if not 1 <= self.workers <= 64:
            raise ValueError("workers: must be 1 to 64")
        if self.fail not in (OPEN, CLOSED):
            raise ValueError("fail: must be open or closed")
        used = self.workers * SPARE
        for name in ("first_port", "first_proxy_port"):
            first = getattr(self, name)
            if not (1024 <= first <= 65536 - used or (name == "first_proxy_port" and first == 0)):
                raise ValueError(f"{name}: {used} ports from here on must lie between 1024 and 65535")
        if self.first_proxy_port and abs(self.first_port - self.first_proxy_port) < used:
            raise ValueError(f"first_proxy_port: must lie {used} ports or more from first_port")
        for name in ("memory_mb", "hours", "drain_minutes"):
            if getattr(self, name) <= 0:
                raise ValueError(f"{name}: must be more than nothing")

    @property
    def places(self) -> range:
        """Each worker has a place of its own: its ports, its outbox, its status."""
        return range(self.workers * SPARE)
