"""Whether a name belongs to the address a client goes to: by what our own resolver says, never by what the client says.

Answers are kept for a day. Content networks turn through many addresses, and clients go on with an answer longer than
they may; so each name that is used is asked for again every few minutes, and all its answers count.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address

from detection.binding_table import canonical
from proxy_addons.lookup import Lookup

KEPT = 86_400.0
"""Seconds for which an answer counts."""
FRESH = 300.0
"""Seconds after which a name in use is asked for again, though it agreed."""
PAUSE = 1.0
"""Seconds for which a name that did not agree is not asked for again."""
MOST_NAMES, MOST_ADDRESSES = 4096, 512
MOST_ASKED = 64
"""Names asked for at once. Beyond, a name counts as not agreed: a client that lies cannot make us ask without end."""


@dataclass(slots=True)
class _Known:
    addresses: dict[str, float] = field(default_factory=dict)
    """When each was last among the answers; the latest stands last."""
    asked_at: float = float("-inf")
    asking: "asyncio.Task[None] | None" = None


class OwnNames:
    def __init__(self, lookups: Sequence[Lookup], now: Callable[[], float] = time.monotonic) -> None:
        self._lookups, self._now = lookups, now
        self._known: OrderedDict[tuple[str, int], _Known] = OrderedDict()
        self._asked = 0

    async def agree(self, name: str, address: str) -> bool:
        """Whether ``name`` is at ``address``. Where nobody answers, it is not."""
        name, address = name.rstrip(".").lower(), canonical(address)
        try:
            version = ip_address(address).version
        except ValueError:
            return False
        known = self._of(name, version)
        if self._is_answer(known, address):
            if self._now() - known.asked_at > FRESH:
                self._ask(known, name, version, address)
            return True
        if known.asking is None and self._now() - known.asked_at > PAUSE:
            self._ask(known, name, version, address)
        if known.asking is not None:
            # One client that leaves must not end the question for the others.
            await asyncio.shield(known.asking)
        return self._is_answer(known, address)

    def _of(self, name: str, version: int) -> _Known:
        known = self._known.setdefault((name, version), _Known())
        self._known.move_to_end((name, version))
        if len(self._known) > MOST_NAMES:
            self._known.popitem(last=False)
        return known

    def _is_answer(self, known: _Known, address: str) -> bool:
        return self._now() - known.addresses.get(address, float("-inf")) <= KEPT

    def _ask(self, known: _Known, name: str, version: int, wanted: str) -> None:
        if known.asking is None and self._asked < MOST_ASKED:
            self._asked += 1
            known.asking = asyncio.create_task(self._learn(known, name, version, wanted))

    async def _learn(self, known: _Known, name: str, version: int, wanted: str) -> None:
        """From the first resolver; from the others as well where that does not say what the client says."""
        try:
            for lookup in self._lookups:
                for address in map(canonical, await lookup(name, version)):
                    known.addresses.pop(address, None)
                    known.addresses[address] = self._now()
                if self._is_answer(known, wanted):
                    break
            while len(known.addresses) > MOST_ADDRESSES:
                known.addresses.pop(next(iter(known.addresses)))
        finally:
            self._asked -= 1
            known.asked_at, known.asking = self._now(), None
