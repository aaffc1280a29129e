"""What a device says of itself once a minute, read and checked."""

from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address

from detection.json_object import JsonObject, WireError, read_object

LONGEST_SENTENCE = 300
MOST_SENTENCES = 20
_LONGEST_NAME = 200
_MOST_SIGN_INS = 5000
_YEARS = range(1970, 2200)


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidSignIn:
    id: str
    account: str
    since: datetime
    until: datetime | None
    local: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidEvent:
    id: str
    at: datetime
    until: datetime | None
    kind: str
    account: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heartbeat:
    """All times are the device's own."""

    sent_at: datetime
    agent_version: str
    engine_version: str
    library_version: str
    model_version: str
    policy_version: str
    system: str
    waiting: int
    set_aside: int
    dropped: int
    oldest_waiting: datetime | None
    last_detection_at: datetime | None
    health: tuple[str, ...]
    addresses: tuple[str, ...]
    sign_ins: tuple[SaidSignIn, ...]
    events: tuple[SaidEvent, ...]


def read(body: bytes) -> Heartbeat:
    """WireError, which names the field and not what is in it."""
    top = read_object(body)
    if top.whole("version") != 1:
        raise WireError("version: only 1 is known")
    outbox = top.part("outbox")
    return Heartbeat(
        sent_at=_time(top, "sent_at"),
        agent_version=_short(top, "agent_version"),
        engine_version=_short(top, "engine_version"),
        library_version=_short(top, "library_version"),
        model_version=_short(top, "model_version"),
        policy_version=_short(top, "policy_version"),
        system=_short(top, "system"),
        waiting=_count(outbox, "waiting"),
        set_aside=_count(outbox, "set_aside"),
        dropped=_count(outbox, "dropped"),
        oldest_waiting=_perhaps(outbox, "oldest_waiting"),
        last_detection_at=_perhaps(top, "last_detection_at"),
        health=tuple(said[:LONGEST_SENTENCE] for said in top.texts("health")[:MOST_SENTENCES]),
        addresses=tuple(_address(said, at) for at, said in enumerate(top.texts("addresses"))),
        sign_ins=tuple(map(_sign_in, _few(top.parts("sign_ins")))),
        events=tuple(map(_event, top.parts("events"))),
    )


def _few(parts: list[JsonObject]) -> list[JsonObject]:
    if len(parts) > _MOST_SIGN_INS:
        raise WireError(f"sign_ins: more than {_MOST_SIGN_INS}")
    return parts


def _sign_in(said: JsonObject) -> SaidSignIn:
    return SaidSignIn(
        id=_short(said, "id"),
        account=_short(said, "account"),
        since=_time(said, "since"),
        until=_perhaps(said, "until"),
        local=said.truth("local"),
    )


def _event(said: JsonObject) -> SaidEvent:
    return SaidEvent(
        id=_short(said, "id"),
        at=_time(said, "at"),
        until=_perhaps(said, "until"),
        kind=_short(said, "kind"),
        account=_short(said, "account"),
        said=said.text("said")[:LONGEST_SENTENCE],
    )


def _short(said: JsonObject, name: str) -> str:
    text = said.text(name)
    if len(text) > _LONGEST_NAME:
        raise WireError(f"{name}: is longer than {_LONGEST_NAME} letters")
    return text


def _count(said: JsonObject, name: str) -> int:
    number = said.whole(name)
    if not 0 <= number < 2**31:
        raise WireError(f"outbox.{name}: is no number of things")
    return number


def _time(said: JsonObject, name: str) -> datetime:
    at = said.time(name)
    if at.year not in _YEARS:
        raise WireError(f"{name}: is in no year a device can have seen")
    return at


def _perhaps(said: JsonObject, name: str) -> datetime | None:
    return None if said.is_null(name) else _time(said, name)


def _address(said: str, at: int) -> str:
    try:
        return str(ip_address(said.partition("%")[0]))
    except ValueError:
        raise WireError(f"addresses[{at}]: is no IP address") from None
