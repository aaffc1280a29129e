"""Whom ingest lets in, and what of theirs it takes: by token here, by certificate in ``appliance.agents``."""

from datetime import datetime
from typing import Protocol

from flask import request
from sqlalchemy.orm import Session

from appliance import devices
from appliance.models import Capture, Device
from detection import wire


class NotYetError(Exception):
    """What was sent cannot be judged yet; the sensor sends it again, after it has said what is missing."""


class Admission(Protocol):
    open_to_all: frozenset[str]
    """Endpoints for those who are nobody yet."""

    def device(self, session: Session) -> Device | None:
        """Whose request this is; None where nobody's that may post."""

    def reads_bindings(self, device: Device) -> bool:
        """Whether it may know which addresses stand for whom."""

    def check(self, session: Session, device: Device, report: wire.Report, seen_at: datetime) -> None:
        """WireError where ``device`` may not say this; ``seen_at`` is by our clock."""

    def filed(self, session: Session, device: Device, capture: Capture) -> None:
        """What else is known of it is written down."""


class ByToken:
    """``Authorization: Bearer TOKEN``."""

    open_to_all = frozenset[str]()

    def device(self, session: Session) -> Device | None:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        return devices.of_token(session, token.strip()) if scheme.lower() == "bearer" else None

    def reads_bindings(self, device: Device) -> bool:
        return True

    def check(self, session: Session, device: Device, report: wire.Report, seen_at: datetime) -> None:
        devices.must_be_its_own(device, report.detection.observation.marks)

    def filed(self, session: Session, device: Device, capture: Capture) -> None:
        """Nothing is."""
