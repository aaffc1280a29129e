"""Whether a device is on site, by the address it comes from, and which of its addresses may stand for its person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from detection.binding_table import canonical

Networks = Sequence[IPv4Network | IPv6Network]


@dataclass(frozen=True, slots=True)
class Sites:
    """The networks of each school, by its slug."""

    networks: dict[str, Networks]

    def holds(self, school: str, address: str) -> bool:
        try:
            parsed = ip_address(canonical(address))
        except ValueError:
            return False
        return any(parsed in network for network in self.networks.get(school, ()))

    def of_device(self, school: str, came_from: str, said: Iterable[str]) -> list[str]:
        """Its addresses in the school's networks, the one it came from first; none where that is not on site.

        Off site an address says nothing: everybody's home has the same ones.
        """
        if not self.holds(school, came_from):
            return []
        return list(dict.fromkeys(canonical(each) for each in (came_from, *said) if self.holds(school, each)))


def sites(written: dict[str, tuple[str, ...]]) -> Sites:
    """ValueError naming what is no network."""
    return Sites({school: [_network(each) for each in named] for school, named in written.items()})


def _network(written: str) -> IPv4Network | IPv6Network:
    try:
        return ip_network(written)
    except ValueError as e:
        raise ValueError(f"on_site: {e}; write a network such as 10.1.0.0/16") from None
