"""Whether this device is on site: only the appliance knows, for a quarter of an hour and while the addresses stay."""

from collections.abc import Callable
from datetime import timedelta

from agent.holding import Address

HOLDS = timedelta(minutes=15)


class Whereabouts:
    """``addresses`` are the device's own now; ``passed`` are seconds, asleep or awake. What is not known to be on
    site is off site."""

    def __init__(self, addresses: Callable[[], frozenset[Address]], passed: Callable[[], float]) -> None:
        self.addresses, self._passed = addresses, passed
        self._said: tuple[float, frozenset[Address]] | None = None

    def told(self, on_site: bool, asked_with: frozenset[Address]) -> None:
        """``asked_with``: the addresses the device had when it asked."""
        self._said = (self._passed(), asked_with) if on_site else None

    @property
    def on_site(self) -> bool:
        if self._said is None:
            return False
        at, addresses = self._said
        return self._passed() - at <= HOLDS.total_seconds() and self.addresses() == addresses
