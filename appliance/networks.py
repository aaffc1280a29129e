"""Which networks may be read: nothing is, until what the law and the pupils are owed is written down by somebody.

A network of the school's own devices needs a notice, a DPIA, a retention and two contacts. On one of other people's
devices only names are counted, until a person signs for more.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance.models import NetworkAct, NetworkPause, NetworkStep
from appliance.provisioning.box import Box
from appliance.provisioning.box_network import Kind, Network
from appliance.provisioning.network_states import NetworkState, Reading


class Named(Protocol):
    """A network of this box, or of a second gateway's."""

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    network: Named
    reading: Reading
    because: str
    """In a sentence."""
    act: NetworkAct | None
    pause: NetworkPause | None


def standings(session: Session, organisation_id: int, networks: Iterable[Named]) -> list[Standing]:
    """How each of these stands, in their order. Networks of one name are one, whichever gateway stands in them."""
    acts = select(NetworkAct).where(NetworkAct.organisation_id == organisation_id).order_by(NetworkAct.id)
    lasting = select(NetworkPause).where(
        NetworkPause.organisation_id == organisation_id, NetworkPause.ended_at.is_(None)
    )
    latest = {act.network: act for act in session.scalars(acts)}
    pauses = {pause.network: pause for pause in session.scalars(lasting)}
    return [_standing(each, latest.get(each.name), pauses.get(each.name)) for each in networks]


def states(standings: list[Standing]) -> tuple[NetworkState, ...]:
    """What the firewall is to go by."""
    return tuple(
        NetworkState(
            name=each.network.name,
            kind=each.network.kind,
            reading=each.reading,
            paused_until=each.pause.until if each.pause else None,
        )
        for each in standings
    )


def of(box: Box, name: str) -> Network:
    """ValueError, in words for whoever typed it, where there is none."""
    found = next((each for each in box.network if each.name == name), None)
    if found is None:
        raise ValueError(f"the box has no network {name!r}; known: {', '.join(each.name for each in box.network)}")
    return found


def _standing(network: Named, act: NetworkAct | None, pause: NetworkPause | None) -> Standing:
    reading, because = _reading(network, act)
    return Standing(network=network, reading=reading, because=because, act=act, pause=pause)


def _reading(network: Named, act: NetworkAct | None) -> tuple[Reading, str]:
    step = act.step if act else None
    if network.kind == Kind.MANAGED:
        if act and step in (NetworkStep.AGREED, NetworkStep.SIGNED):
            return Reading.READ, f"Agreed by {act.by}."
        return Reading.OFF, f"Withdrawn by {act.by}: {act.why}" if act else "Nothing has been agreed yet."
    if act and step is NetworkStep.SIGNED:
        return Reading.READ, f"Signed for by {act.by}."
    if act and step is NetworkStep.WITHDRAWN:
        return Reading.NAMES_ONLY, f"Withdrawn by {act.by}: {act.why}"
    return Reading.NAMES_ONLY, "Devices of others: nobody has signed for reading them."
