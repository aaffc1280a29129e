"""What agents ask beside the ordinary ingest: to be enrolled, to be renewed, what to watch, and to be heard of."""

import base64
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import Flask, Response, abort, g, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session, sessionmaker

from appliance import store
from appliance.agents import accounts, certificates, enrolment, heartbeat, policies, statuses
from appliance.agents.authority import Authority, asked_key
from appliance.agents.codes import Attempts
from appliance.agents.enrolment import Enrolled
from appliance.agents.whereabouts import Sites
from appliance.devices import AGENT, GATEWAY
from appliance.models import Device, Organisation
from appliance.request_body import bounded
from detection.binding_table import canonical
from detection.json_object import WireError, read_object

MAX_BODY = 4 * 2**20
MAX_ENROL = 64 * 2**10
"""Of who is nobody yet."""

logger = logging.getLogger("gatehouse.agents")


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    sessions: sessionmaker[Session]
    authority: Authority
    sites: Sites
    public_key: bytes
    """What agents seal to."""
    library_key: bytes
    """What libraries are checked with; empty where none is signed."""
    canary_key: bytes
    """What second gateways, and no agents, know the canary by; empty where there is none."""
    clock: Callable[[], datetime]
    attempts: Attempts

    def add_to(self, app: Flask) -> None:
        """``app`` is the ingest, which says who is let in."""
        app.add_url_rule("/agent/authority", "authority", self.give_authority, methods=["GET"])
        app.add_url_rule("/agent/enrol", "enrol", self.enrol, methods=["POST"])
        app.add_url_rule("/agent/certificate", "certificate", self.renew, methods=["POST"])
        app.add_url_rule("/agent/heartbeat", "heartbeat", self.hear, methods=["POST"])
        app.add_url_rule("/agent/policy", "policy", self.give_policy, methods=["GET"])

    def give_authority(self) -> ResponseReturnValue:
        """To anybody: a device compares it with the pin behind its code before it says the code."""
        return Response(self.authority.pem, mimetype="application/x-pem-file")

    def enrol(self) -> ResponseReturnValue:
        now, address = self.clock(), _came_from()
        if self.attempts.too_many(address, now):
            answer = _said({"answer": "too many wrong codes; later"}, 429)
            answer.headers["Retry-After"] = "600"
            return answer
        try:
            asked = enrolment.read(bounded(MAX_ENROL))
        except WireError as e:
            return _said({"answer": str(e)}, 422)
        with self.sessions.begin() as session:
            made = enrolment.enrol(session, self.authority, asked, now)
        if made is None:
            self.attempts.wrong(address, now)
            return _said({"answer": "the code is unknown, used up or over"}, 403)
        logger.info("device %d was enrolled", made.device.id)
        return _said(self._enrolled(made), 201)

    def renew(self) -> ResponseReturnValue:
        fields = read_object(bounded(MAX_ENROL))
        key = asked_key(enrolment.checked(fields.text("csr")))
        with self.sessions.begin() as session:
            device = session.get_one(Device, g.device.id)
            made = certificates.issue(session, self.authority, device, key, self.clock())
        return _said({"certificate": made}, 201)

    def hear(self) -> ResponseReturnValue:
        _must_be_an_agent()
        said, now, address = heartbeat.read(bounded(MAX_BODY)), self.clock(), _came_from()
        with self.sessions.begin() as session:
            device = session.get_one(Device, g.device.id, with_for_update={"key_share": True})
            school = session.get_one(Organisation, device.organisation_id)
            addresses = self.sites.of_device(school.slug, address, said.addresses)
            people = statuses.take(session, device, said, address=address, addresses=addresses, now=now)
            policy = policies.in_force(session, school)
            certificate = certificates.latest(session, device)
            answer = {
                "now": now.isoformat(),
                "on_site": bool(addresses),
                "policy": policy["version"],
                "accounts": {account: accounts.answer(person) for account, person in people.items()},
                "renew": certificate is None or certificates.is_due(certificate, now),
            }
        return _said(answer, 200)

    def give_policy(self) -> ResponseReturnValue:
        _must_be_an_agent()
        with store.reading(self.sessions) as session:
            policy = policies.in_force(session, session.get_one(Organisation, g.device.organisation_id))
        response = _said(policy, 200)
        response.set_etag(policy["version"])
        response.make_conditional(request)
        return response

    def _enrolled(self, made: Enrolled) -> dict[str, str]:
        return {
            "device": made.device.name,
            "organisation": made.school.slug,
            "certificate": made.certificate,
            "authority": self.authority.pem,
            "public_key": base64.b64encode(self.public_key).decode(),
            "library_key": base64.b64encode(self.library_key).decode(),
            **({"canary_key": base64.b64encode(self.canary_key).decode()} if made.device.kind == GATEWAY else {}),
        }


def _must_be_an_agent() -> None:
    if g.device.kind != AGENT:
        abort(404)


def _came_from() -> str:
    return canonical(request.remote_addr or "")


def _said(answer: object, status: int) -> Response:
    return Response(json.dumps(answer), status, mimetype="application/json")
