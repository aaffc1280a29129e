"""Where slots lead: to the two ports of a worker's place, or, without a worker, to nobody or past all of them."""

import socket
from contextlib import suppress

from proxy_addons.supervisor.firewall import Ports
from proxy_addons.supervisor.settings import CLOSED, SupervisorSettings

NOBODY = Ports(9, 9)
"""Where nobody listens: a device led there is refused at once."""


def unmanned(settings: SupervisorSettings) -> dict[int, Ports]:
    """By slot, while there is no worker at all; a slot that is left out leads past them."""
    return dict.fromkeys(range(settings.workers), NOBODY) if settings.fail == CLOSED else {}


def ports_of(settings: SupervisorSettings, place: int) -> Ports:
    first, proxy = settings.first_port, settings.first_proxy_port
    return Ports(first + place, proxy + place if proxy else 0)


def are_free(ports: Ports) -> bool:
    """A worker that an earlier supervisor has left may still have them."""
    for port in filter(None, (ports.transparent, ports.proxy)):
        with socket.socket(socket.AF_INET6) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with suppress(OSError):
                probe.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
            try:
                probe.bind(("::", port))
            except OSError:
                return False
    return True
