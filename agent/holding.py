"""Which scope of the school's policy holds now, and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv4Address, IPv6Address

from detection.agent_policy.policy import Network, Place, Policy, Scope

Address = IPv4Address | IPv6Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Which scope holds now, and why, in words for whoever sits at the device."""

    scope: Scope
    why: str

    @property
    def paused(self) -> str:
        return "" if self.scope.watch else self.why


OFF = Scope(watch=False)


def scope_for(policy: Policy, now: datetime, on_site: bool, group: str, addresses: Iterable[Address]) -> Holding:
    """``on_site``: the appliance knows that the device is. Addresses alone can be had anywhere, so networks count only
    there."""
    scopes = policy.groups.get(group, policy.school)
    place = _place_of(policy.networks, tuple(addresses)) if on_site else Place.OFF_SITE
    if place is Place.OFF:
        return Holding(scope=OFF, why="the school does not monitor this network")
    if not _in_hours(policy, now):
        if policy.outside_hours is Place.OFF:
            return Holding(scope=OFF, why="it is outside the hours in which the school monitors")
        return _holding(scopes.off_site, "outside the school's hours")
    if place is Place.ON_SITE:
        return _holding(scopes.on_site, "on the school's network")
    return _holding(scopes.off_site, "away from the school's network")


def _holding(scope: Scope, where: str) -> Holding:
    return Holding(scope=scope, why=where if scope.watch else f"the school does not monitor this device {where}")


def _place_of(networks: Sequence[tuple[Network, Place]], addresses: Sequence[Address]) -> Place:
    """Where every address lies in a network of the same scope, that one: an address more, which anybody can give a
    device, must not switch anything off. The narrowest network counts; addresses of a version of which no network is
    told say nothing."""
    told = {network.version for network, _ in networks}
    found = {_narrowest(networks, address) for address in addresses if address.version in told}
    return found.pop() if len(found) == 1 else Place.ON_SITE


def _narrowest(networks: Sequence[tuple[Network, Place]], address: Address) -> Place:
    around = [(network.prefixlen, place) for network, place in networks if address in network]
    return max(around)[1] if around else Place.ON_SITE


def _in_hours(policy: Policy, now: datetime) -> bool:
    local = now.astimezone(policy.time_zone)
    if any(holiday.first <= local.date() <= holiday.last for holiday in policy.holidays):
        return False
    return not policy.hours or any(hours.hold(local) for hours in policy.hours)
