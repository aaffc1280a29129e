"""Codes that devices, and second gateways, enrol with: for one or many, until a day. Kept as hashes, told once."""

import base64
import hashlib
import secrets
from collections import defaultdict, deque
from datetime import datetime, timedelta
from threading import Lock

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance.devices import AGENT
from appliance.models import AgentCode, Organisation, Person

MOST_USES = 10_000
LONGEST = timedelta(days=365)
WRONG = 10
WITHIN = timedelta(minutes=10)
PIN = 16
"""So many bytes of the authority's fingerprint stand behind a code, so that a device knows whom to tell it."""


def make(
    session: Session,
    school: Organisation,
    *,
    device: str,
    uses: int,
    lasts: timedelta,
    by: str,
    now: datetime,
    person: Person | None = None,
    kind: str = AGENT,
) -> str:
    """A new code, which is not kept. ``device`` is empty where it is for many. ValueError on what makes no sense."""
    if not 1 <= uses <= MOST_USES:
        raise ValueError(f"a code is for 1 to {MOST_USES} devices")
    if not timedelta(0) < lasts <= LONGEST:
        raise ValueError(f"a code lasts at most {LONGEST.days} days")
    if person is not None and not device:
        raise ValueError("a code that assigns its device to somebody is for one device")
    code = "-".join(base64.b32encode(secrets.token_bytes(10)).decode().lower()[at : at + 4] for at in range(0, 16, 4))
    session.add(
        AgentCode(
            organisation_id=school.id,
            code_sha256=_hash(code),
            kind=kind,
            device=device,
            uses=uses,
            person_id=person and person.id,
            made_at=now,
            made_by=by,
            ends_at=now + lasts,
        )
    )
    session.flush()
    return code


def with_pin(code: str, fingerprint: bytes) -> str:
    """What a person types or an MDM places: the code, and who must answer to it."""
    return f"{code}.{base64.b32encode(fingerprint[:PIN]).decode().rstrip('=').lower()}"


def take(session: Session, code: str, now: datetime, kind: str = AGENT) -> AgentCode | None:
    """Use it once more; None where it is unknown, used up, over or for something else, which are one and the same to
    whoever asks."""
    wanted = select(AgentCode).where(AgentCode.code_sha256 == _hash(code)).with_for_update()
    found = session.scalar(wanted)
    if found is None or found.kind != kind or found.used >= found.uses or now >= found.ends_at:
        return None
    found.used += 1
    return found


class Attempts:
    """Wrong codes by the address they came from, in memory: guessing one takes longer than a restart can help."""

    def __init__(self) -> None:
        self._lock, self._wrong = Lock(), defaultdict[str, deque[datetime]](deque)

    def too_many(self, address: str, now: datetime) -> bool:
        with self._lock:
            self._forget(now)
            return len(self._wrong.get(address, ())) >= WRONG

    def wrong(self, address: str, now: datetime) -> None:
        with self._lock:
            self._wrong[address].append(now)

    def _forget(self, now: datetime) -> None:
        for address, times in list(self._wrong.items()):
            while times and now - times[0] >= WITHIN:
                times.popleft()
            if not times:
                del self._wrong[address]


def _hash(code: str) -> str:
    """However it was typed, and without the pin."""
    plain = "".join(code.partition(".")[0].split()).replace("-", "").lower()
    return hashlib.sha256(plain.encode()).hexdigest()
