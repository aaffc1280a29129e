"""Agree that a network may be read, sign for one of others' devices, take either back: each with its entry."""

import re
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import chronology
from appliance.entry_kinds import EntryKind
from appliance.models import NetworkAct, NetworkStep, Organisation, Reviewer
from appliance.permissions import Action, may
from appliance.provisioning.box_network import Kind, Network

LONGEST_KEPT = 3650
CONTACTS = 2
_CONTACT = re.compile(r"\s*(?P<name>[^<>@]+?)\s*<(?P<mail>[^<>@\s]+@[^<>@\s]+)>\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What must be known of a network before it is read."""

    notice_url: str
    notice_published: date
    dpia: str
    retention_days: int
    contacts: tuple[str, ...]
    """``Kim Reed <kim@school.example>``; the lead and the network manager, say."""


def agree(session: Session, school: Organisation, network: Network, facts: Facts, by: Reviewer, now: datetime) -> str:
    """What was recorded, in a sentence. ValueError with every fact that will not do, a line each."""
    _must_be_allowed(by, Action.AGREE_NETWORK, school)
    if wrong := _wrong(facts, now):
        raise ValueError("\n".join(wrong))
    _add(session, school, network, NetworkStep.AGREED, by, now, facts=_fields(facts))
    then = (
        "It may be read."
        if network.kind == Kind.MANAGED
        else "Only names are counted there until somebody signs for more."
    )
    said = (
        f"Network {network.name} ({network.kind}): notice {facts.notice_url} of {facts.notice_published}, DPIA "
        f"{facts.dpia}, kept for {facts.retention_days} days, contacts {', '.join(facts.contacts)}. {then}"
    )
    return _chronicle(session, school, EntryKind.NETWORK_AGREED, said, by, now)


def sign(session: Session, school: Organisation, network: Network, why: str, by: Reviewer, now: datetime) -> str:
    """``by`` answers for reading the devices of others. ValueError where nothing has been agreed to sign for."""
    _must_be_allowed(by, Action.SIGN_NETWORK, school)
    if network.kind == Kind.MANAGED:
        raise ValueError(f"{network.name} is a network of the school's own devices; gatehouse network agree is enough")
    last = _last(session, school, network)
    if last is None or last.step is NetworkStep.WITHDRAWN:
        raise ValueError(f"nothing is agreed of {network.name} yet: gatehouse network agree comes first")
    if last.step is NetworkStep.SIGNED:
        raise ValueError(f"{network.name} is signed for already, by {last.by}")
    facts = {each.name: getattr(last, each.name) for each in fields(Facts)}
    _add(session, school, network, NetworkStep.SIGNED, by, now, why=why, facts=facts)
    said = f"{by.name} signed for reading network {network.name} ({network.kind}). Reason: {why}"
    return _chronicle(session, school, EntryKind.NETWORK_AGREED, said, by, now)


def withdraw(session: Session, school: Organisation, network: Network, why: str, by: Reviewer, now: datetime) -> str:
    """ValueError where there is nothing to withdraw."""
    _must_be_allowed(by, Action.AGREE_NETWORK, school)
    last = _last(session, school, network)
    if last is None or last.step is NetworkStep.WITHDRAWN:
        raise ValueError(f"nothing is agreed of {network.name}, so it is not read")
    _add(session, school, network, NetworkStep.WITHDRAWN, by, now, why=why, facts={})
    said = f"What was agreed of network {network.name} is withdrawn; it is not read any longer. Reason: {why}"
    return _chronicle(session, school, EntryKind.NETWORK_WITHDRAWN, said, by, now)


def _last(session: Session, school: Organisation, network: Network) -> NetworkAct | None:
    mine = select(NetworkAct).where(NetworkAct.organisation_id == school.id, NetworkAct.network == network.name)
    return session.scalar(mine.order_by(NetworkAct.id.desc()).limit(1))


def _must_be_allowed(by: Reviewer, action: Action, school: Organisation) -> None:
    if not may(by, action, school):
        who = "its DSL or the trust's officer" if action is Action.SIGN_NETWORK else "its DSL or network manager"
        raise ValueError(f"{by.login} may not do that for {school.slug}; {who} may")


def _add(
    session: Session,
    school: Organisation,
    network: Network,
    step: NetworkStep,
    by: Reviewer,
    now: datetime,
    *,
    facts: dict[str, Any],
    why: str = "",
) -> None:
    chronology.lock(session, school.id)
    act = NetworkAct(organisation_id=school.id, network=network.name, step=step, at=now, by=by.login, why=why, **facts)
    session.add(act)
    session.flush()


def _chronicle(session: Session, school: Organisation, kind: EntryKind, said: str, by: Reviewer, now: datetime) -> str:
    chronology.add(session, school.id, at=now, actor=f"reviewer:{by.login}", kind=kind, text=said)
    return said


def _wrong(facts: Facts, now: datetime) -> list[str]:
    parsed = [_CONTACT.fullmatch(each) for each in facts.contacts]
    mails = {each["mail"].lower() for each in parsed if each}
    checks = (
        (facts.notice_url.startswith(("https://", "http://")), "the notice's address must begin with https://"),
        (facts.notice_published <= now.date(), "the notice is to be published before the network is read"),
        (facts.dpia.strip(), "the reference of the DPIA is missing"),
        (1 <= facts.retention_days <= LONGEST_KEPT, f"the retention must lie between 1 and {LONGEST_KEPT} days"),
        (all(parsed), "a contact is written as 'Kim Reed <kim@school.example>'"),
        (len(mails) >= CONTACTS, "two contacts are needed, with different addresses"),
    )
    return [said for holds, said in checks if not holds]


def _fields(facts: Facts) -> dict[str, Any]:
    return {
        "notice_url": facts.notice_url,
        "notice_published": facts.notice_published,
        "dpia": facts.dpia.strip(),
        "retention_days": facts.retention_days,
        "contacts": [each.groupdict() for one in facts.contacts if (each := _CONTACT.fullmatch(one))],
    }
