"""Who may stand behind an address or a device: one answer of the appliance, ready to be looked up."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from ipaddress import IPv6Address, ip_address
from typing import TypeVar

from detection.json_object import JsonObject
from detection.observation import AgeBand, PersonRole, Subject

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T", bound=str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    address: str | None
    device: str | None
    person: str
    """A reference, never a name."""
    role: PersonRole
    age_band: AgeBand
    group: str
    """Empty where it is unknown."""
    source: str
    since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BindingTable:
    organisation: str = ""
    by_address: dict[str, list[Binding]] = field(default_factory=dict)
    by_device: dict[str, list[Binding]] = field(default_factory=dict)
    by_person: dict[str, Binding] = field(default_factory=dict)

    def subject_for(self, address: str | None, device: str | None, now: datetime) -> Subject:
        """The device decides where somebody is bound to it, else the address. Several people are all possible."""
        address = canonical(address) if address else None
        found = self.by_device.get(device.casefold(), []) if device else []
        found = found or self.by_address.get(address or "", [])
        if not found:
            return Subject(organisation=self.organisation, device=device, address=address)
        return Subject(
            organisation=self.organisation,
            people=tuple(sorted({binding.person for binding in found})),
            role=_agreed((binding.role for binding in found), PersonRole.UNKNOWN),
            age_band=_agreed((binding.age_band for binding in found), AgeBand.UNKNOWN),
            group=_agreed((binding.group for binding in found), ""),
            device=device,
            address=address,
            identity_source=", ".join(sorted({binding.source for binding in found})) or "none",
            identity_age=_oldest([binding.since for binding in found], now),
        )

    def subject_of(self, person: str, address: str | None, source: str) -> Subject:
        """Who has just said who they are; what role and group they have is known where they are bound to anything."""
        known = self.by_person.get(person)
        return Subject(
            organisation=self.organisation,
            people=(person,),
            role=known.role if known else PersonRole.UNKNOWN,
            age_band=known.age_band if known else AgeBand.UNKNOWN,
            group=known.group if known else "",
            address=canonical(address) if address else None,
            identity_source=source,
            identity_age=0.0,
        )


def read_table(top: JsonObject) -> BindingTable:
    """Raise WireError where the answer is not of the contract."""
    table = BindingTable(organisation=top.text("organisation"))
    for binding in map(_binding, top.parts("bindings")):
        table.by_person[binding.person] = binding
        if binding.address:
            table.by_address.setdefault(canonical(binding.address), []).append(binding)
        if binding.device:
            table.by_device.setdefault(binding.device.casefold(), []).append(binding)
    return table


@lru_cache(maxsize=4096)
def canonical(address: str) -> str:
    """One spelling for each address: no zone, short IPv6, mapped IPv4 as IPv4. What is no address stays as it is."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    return str((parsed.ipv4_mapped if isinstance(parsed, IPv6Address) else None) or parsed)


def _binding(row: JsonObject) -> Binding:
    return Binding(
        address=row.optional_text("address"),
        device=row.optional_text("device"),
        person=row.text("person"),
        role=_known_or(row.text("role"), PersonRole.UNKNOWN),
        age_band=_known_or(row.text("age_band"), AgeBand.UNKNOWN),
        group=row.later_text("group"),
        source=row.text("source"),
        since=None if row.is_null("since") else row.time("since"),
    )


def _known_or(text: str, unknown: E) -> E:
    """A newer appliance may say more than we know; that must not leave everybody unknown."""
    try:
        return type(unknown)(text)
    except ValueError:
        return unknown


def _agreed(values: Iterable[T], unknown: T) -> T:
    different = set(values)
    return different.pop() if len(different) == 1 else unknown


def _oldest(times: list[datetime | None], now: datetime) -> float | None:
    """Seconds since the oldest; None where one of them has no clock, or there is none."""
    ages = [max(0.0, (now - at).total_seconds()) for at in times if at is not None]
    return max(ages) if ages and len(ages) == len(times) else None
