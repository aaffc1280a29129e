"""What second gateways ask beside the ordinary ingest: to be heard of, and how their networks stand."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import Flask, Response, abort, g
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session, sessionmaker

from appliance import networks
from appliance.agents import certificates
from appliance.devices import GATEWAY
from appliance.gateways import heartbeat, statuses
from appliance.models import Device
from appliance.request_body import bounded

MAX_BODY = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewaysEndpoint:
    sessions: sessionmaker[Session]
    clock: Callable[[], datetime]

    def add_to(self, app: Flask) -> None:
        """``app`` is the ingest, which says who is let in."""
        app.add_url_rule("/gateway/heartbeat", "gateway_heartbeat", self.hear, methods=["POST"])

    def hear(self) -> ResponseReturnValue:
        if g.device.kind != GATEWAY:
            abort(404)
        said, now = heartbeat.read(bounded(MAX_BODY)), self.clock()
        with self.sessions.begin() as session:
            device = session.get_one(Device, g.device.id)
            statuses.take(session, device, said, now)
            standings = networks.standings(session, device.organisation_id, said.networks)
            certificate = certificates.latest(session, device)
            renew = certificate is None or certificates.is_due(certificate, now)
        return Response(json.dumps(heartbeat.answer(standings, now, renew=renew)), 200, mimetype="application/json")
