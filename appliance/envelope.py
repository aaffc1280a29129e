"""What a sensor posts around a sealed payload, opened and checked against it."""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from detection import wire
from detection.json_object import read_object
from detection.sealing import Opener

MAX_BYTES = 4 * 2**20
"""Of a body."""
YEARS = range(1970, 2200)
"""A machine without a battery for its clock starts in 1970; its times are corrected like any other's."""
CLOCKS_AGREE = timedelta(seconds=5)
_ID = re.compile(r"[A-Za-z0-9._~-]{1,128}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    id: str
    reported_at: datetime
    sent_at: datetime
    payload: bytes
    """Opened."""

    @property
    def content_sha256(self) -> str:
        return hashlib.sha256(self.payload).hexdigest()


def read(body: bytes, opener: Opener) -> Envelope:
    """WireError, which names what is wrong and never the content."""
    fields = read_object(body)
    if fields.whole("version") != wire.VERSION:
        raise wire.WireError("version: only 1 is known")
    if not _ID.fullmatch(fields.text("id")):
        raise wire.WireError("id: must be 1 to 128 letters, digits, points, dashes")
    if fields.time("sent_at").year not in YEARS:
        raise wire.WireError("sent_at: is in no year a sensor can have sent")
    return Envelope(
        id=fields.text("id"),
        reported_at=fields.time("reported_at"),
        sent_at=fields.time("sent_at"),
        payload=_opened(fields.text("sealed"), opener),
    )


def read_report(envelope: Envelope) -> wire.Report:
    report = wire.parse(envelope.payload)
    seen = report.detection.observation
    _must_agree(envelope, seen.id, seen.reported_at)
    if not all(
        at.year in YEARS for at in (seen.seen_at, seen.reported_at, *(b.seen_at for b in report.detection.before))
    ):
        raise wire.WireError("seen_at or reported_at: is in no year a sensor can have seen")
    return report


def read_supplement(envelope: Envelope) -> wire.Supplement:
    supplement = wire.parse_supplement(envelope.payload)
    _must_agree(envelope, supplement.id, supplement.reported_at)
    return supplement


def corrected(seen_at: datetime, sent_at: datetime, now: datetime) -> datetime:
    """``seen_at`` by our clock, where the sensor's is wrong by more than the way here explains."""
    off = now - sent_at
    return seen_at + off if abs(off) > CLOCKS_AGREE else seen_at


def _opened(sealed: str, opener: Opener) -> bytes:
    try:
        return opener.open(base64.b64decode(sealed, validate=True))
    except (binascii.Error, ValueError):  # SealingError is one
        raise wire.WireError("sealed: cannot be opened with this appliance's key") from None


def _must_agree(envelope: Envelope, id: str, reported_at: datetime) -> None:
    if (id, reported_at) != (envelope.id, envelope.reported_at):
        raise wire.WireError("id and reported_at: differ between the envelope and what is sealed in it")
