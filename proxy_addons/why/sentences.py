"""Say in plain sentences what happens to a host, from what is written down: lists, refusals, what workers say."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from detection.unopened.layers import SEALED, Decision, Layer
from detection.unopened.never_automatic import what_is
from proxy_addons.client_class import described
from proxy_addons.learning import Proposal
from proxy_addons.refusal_judgement import SENTENCES
from proxy_addons.refusal_store import AUTOMATIC, CONFIRMED, Pass, Refused
from proxy_addons.upstream.recent import mark
from proxy_addons.why.firewall import NetworkNow

STALE = timedelta(minutes=2)
WHOSE = {
    Layer.OWN: "Gatehouse's own settings (console_hosts)",
    Layer.SCHOOL: "the school's list",
    Layer.TRUST: "the trust's list",
    Layer.SHIPPED: "the list Gatehouse comes with",
}
_BAD = {
    "expired": "has expired",
    "not-yet-valid": "is not valid yet",
    "wrong-host": "is another host's",
    "self-signed": "is signed by itself alone",
    "unknown-issuer": "is signed by nobody that is trusted",
    "revoked": "was revoked",
    "invalid": "is damaged, or meant for something else",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    address: str
    accepts: bool
    """Whether the device accepted the gateway's certificate anywhere within seven days."""
    kinds: frozenset[str]
    """Kinds of clients seen at the device that refused anything."""
    names_only: bool
    """The settings say so of its network."""
    undecryptable: str
    network: NetworkNow | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    host: str
    decision: Decision | None
    passes: tuple[Pass, ...]
    proposals: tuple[Proposal, ...]
    refused: tuple[Refused, ...]
    status: Mapping[str, Any] = field(default_factory=dict)
    client: Client | None = None


def sentences(known: Known, now: datetime) -> Iterator[str]:
    yield from _running(known, now)
    if known.client:
        yield from _network(known.client)
    yield from _decided(known)
    if known.decision is None:
        yield from _learned(known, now)
        yield from _refusals(known)
    if known.client and not known.client.accepts:
        yield (
            f"The device at {known.client.address} has accepted the gateway's certificate nowhere within seven days: "
            "unless it was not used, it lacks the school's root."
        )
    yield from _origin(known)


def _running(known: Known, now: datetime) -> Iterator[str]:
    try:
        at = datetime.fromisoformat(str(known.status["at"]))
    except (KeyError, ValueError):
        yield "The gateway has written no status: it does not run, or elsewhere. This is what its files say."
        return
    if now - at > STALE:
        yield f"The gateway's status is of {at:%Y-%m-%d %H:%M} UTC: it does not run. This is what its files say."
    if problem := known.status.get("bypass_problem"):
        yield f"A list cannot be taken up: {problem}"


def _network(client: Client) -> Iterator[str]:
    if unread := _unread(client):
        yield f"{unread} What follows holds where a network is read."
    if client.undecryptable in ("alert", "block"):
        done = {"alert": "passes, and somebody is told", "block": "is blocked"}[client.undecryptable]
        yield f"In that network, what on port 443 is no TLS, or hides its name, {done}."


def _unread(client: Client) -> str:
    now = client.network
    if now and now.paused_for is not None:
        return f"The network at {now.card} is paused, for {now.paused_for} more seconds: nothing there is read."
    if client.names_only or (now and now.names_only):
        return f"In the network of {client.address} nothing is opened: only names are counted, and nobody is named."
    if now and not now.reading:
        return f"Reading has not been agreed for the network at {now.card}: nothing there goes through a worker."
    return ""


def _decided(known: Known) -> Iterator[str]:
    if known.decision is None:
        yield f"No list says anything of {known.host}: it is opened and read, unless it says otherwise below."
        return
    entry, whose = known.decision.entry, WHOSE[known.decision.layer]
    done = "opened and read" if entry.opened else "left closed: nothing of it is read"
    yield f"{known.host} is {done}. That is the decision of {whose}, entry {entry.domain}, reason “{entry.reason}”."
    yield f"Why: {entry.why}"
    if entry.source:
        yield f"On the ground of: {entry.source}"
    if entry.by:
        at, until = (f" on {entry.at}" if entry.at else ""), (f", until {entry.until}" if entry.until else "")
        yield f"Entered by {entry.by}{at}{until}."
    if known.decision.layer is Layer.SHIPPED and entry.reason in SEALED:
        yield "No list opens it, and the gateway's certificate cannot sign for it."
    elif not entry.opened:
        yield f"To read it all the same: gatehouse bypass add {entry.domain} --opened"
    if not entry.opened:
        disagreed = known.status.get("disagreed", 0)
        yield (
            "Who names it and goes where our resolver does not find it is read all the same. With whatever host, that "
            f"happened {disagreed} times since the gateway's start."
        )


def _learned(known: Known, now: datetime) -> Iterator[str]:
    for each in known.passes:
        kind, until = described(each.client), f" until {each.until:%Y-%m-%d}" if each.until else ""
        if not each.counts(now):
            yield f"It is read for clients of kind {kind}: {each.by} decided so. {each.why}"
        elif each.state == CONFIRMED:
            yield f"It passes unread for clients of kind {kind}{until}: confirmed by {each.by}. {each.why}"
        elif each.state == AUTOMATIC:
            yield (
                f"It passes unread for clients of kind {kind}{until}, since several devices' refused to be read. "
                "Nobody has confirmed that: gatehouse bypass confirm or refuse."
            )
        if known.client and each.client in known.client.kinds:
            yield f"A client of that kind was seen at {known.client.address}."


def _refusals(known: Known) -> Iterator[str]:
    passing = {each.client for each in known.passes}
    proposed = {each.refused.client: each.why for each in known.proposals}
    for each in known.refused:
        if each.client in passing:
            continue
        why = f"; it is proposed: {SENTENCES[proposed[each.client]]}" if each.client in proposed else ""
        here = ", also seen at that device," if known.client and each.client in known.client.kinds else ""
        yield (
            f"Clients of kind {described(each.client)}{here} refused the gateway's certificate there "
            f"{each.refusals} times within seven days, {each.devices} devices at least twice{why}."
        )
    if known.refused and (what := what_is(known.host)):
        yield f"It is {what}, so it never passes by itself."


def _origin(known: Known) -> Iterator[str]:
    faults = known.status.get("bad_certificates")
    if isinstance(faults, Mapping) and (fault := faults.get(mark(known.host))):
        yield (
            f"The host's own certificate {_BAD.get(str(fault), 'is not valid')}, as was seen within the last hour. The "
            "gateway signs nothing for such a host; only its owner can put that right."
        )
