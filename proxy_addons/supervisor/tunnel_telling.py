"""Tell one worker of each tunnel that the firewall names for a device, so that a detection is made of it."""

from collections.abc import Iterable

from proxy_addons.supervisor.firewall import Seen
from proxy_addons.supervisor.tunnels import tunnel_name
from proxy_addons.supervisor.worker import Worker


class TunnelTelling:
    def __init__(self) -> None:
        self._told: set[tuple[str, str]] = set()
        """Device and tunnel."""

    def tell(self, seen: Iterable[Seen], worker: Worker | None) -> None:
        """Of each once; again once the firewall has forgotten it, an hour later. What could not be told is told to
        the next worker."""
        named = {(each.device, tunnel_name(each.protocol, each.port)) for each in seen}
        told = {each for each in named - self._told if worker and worker.tell(*each)}
        self._told = (self._told & named) | told
