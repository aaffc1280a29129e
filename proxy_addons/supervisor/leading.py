"""Keep the firewall in step with the workers, and hear what it has counted."""

import logging
from collections.abc import Callable, Mapping, Sequence

from proxy_addons.supervisor.firewall import Firewall, FirewallError, Ports, Seen
from proxy_addons.supervisor.timetable import Timetable

logger = logging.getLogger("supervisor")
VERIFY = 1.0
"""Seconds: whether the firewall still has what it was given, for rules may have been loaded anew."""
Told = tuple[Mapping[str, int], Sequence[Seen]]
"""Its counters, and whom it saw with tunnels."""


class Leading:
    """``says`` hears what is wrong with the firewall, and an empty line once nothing is."""

    def __init__(self, firewall: Firewall, says: Callable[[str], None]) -> None:
        self._firewall, self._says = firewall, says
        self._led: Mapping[int, Ports] | None = None
        self._timetable = Timetable()
        self._error = ""

    def lead(self, slots: Mapping[int, Ports], now: float) -> None:
        """At once where something changed, and every second in case somebody else changed something."""
        try:
            if slots != self._led or (
                self._timetable.is_due("verify", VERIFY, now) and self._firewall.pointing() != slots
            ):
                self._firewall.point(slots)
                self._led = slots
            self._said("")
        except FirewallError as e:
            self._led = None
            self._said(str(e))

    def count(self) -> Told | None:
        """None where the firewall does not say."""
        try:
            return self._firewall.counters(), self._firewall.seen()
        except FirewallError as e:
            self._said(str(e))
            return None

    def _said(self, error: str) -> None:
        if error and error != self._error:
            logger.error("the firewall cannot be set: %s", error)
        self._error = error
        self._says(error)
