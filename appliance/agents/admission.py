"""Let in who shows a certificate of the agents' authority, and take of each only what it can know."""

from collections.abc import Callable
from datetime import datetime, timedelta

from flask import request
from sqlalchemy.orm import Session

from appliance import devices
from appliance.agents import certificates, sign_ins, statuses
from appliance.devices import AGENT, GATEWAY
from appliance.models import AgentStatus, Capture, Device
from detection import wire

SLACK = timedelta(minutes=5)
SOURCE = "agent"


class ByCertificate:
    """Found good at the handshake already, but for its time: who shows one that ended is told so."""

    open_to_all = frozenset({"enrol", "authority"})

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock

    def device(self, session: Session) -> Device | None:
        connection = request.environ.get("gunicorn.socket")
        shown = connection.getpeercert(binary_form=True) if connection is not None else None
        return certificates.device_of(session, shown, self._clock()) if shown else None

    def reads_bindings(self, device: Device) -> bool:
        """A gateway does; an agent writes and never reads."""
        return device.kind == GATEWAY

    def check(self, session: Session, device: Device, report: wire.Report, seen_at: datetime) -> None:
        """WireError, which names the field, or NotYetError. A second gateway is believed as the box's own is."""
        seen = report.detection.observation
        devices.must_be_its_own(device, seen.marks)
        if device.kind != AGENT:
            return
        if seen.subject.device != device.name:
            raise wire.WireError("observation.subject.device: is not the device whose certificate this is")
        if seen.subject.identity_source != SOURCE:
            raise wire.WireError(f"observation.subject.identity_source: must be {SOURCE}")
        status = session.get(AgentStatus, device.id)
        if seen_at < (status.emptied_at if status else device.created_at) - SLACK:
            raise wire.WireError("observation.seen_at: lies before the time when nothing waited on the device")
        sign_ins.must_be_signed_in(session, device, seen.subject.people, seen_at)

    def filed(self, session: Session, device: Device, capture: Capture) -> None:
        """Where the device was."""
        if device.kind == AGENT:
            capture.off_site = not statuses.was_on_site(session, device, capture.seen_at)
