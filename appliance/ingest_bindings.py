"""Tell sensors which addresses stand for whom, and again as soon as that changes where they wait for it."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import Flask, Response, g, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.exceptions import NotFound

from appliance import bindings, store
from appliance.admission import Admission
from appliance.bindings_held import Held, wanted_wait
from appliance.ingest_answers import tagged


@dataclass(frozen=True, slots=True, kw_only=True)
class BindingsEndpoint:
    sessions: sessionmaker[Session]
    clock: Callable[[], datetime]
    admission: Admission
    """Who may know."""
    held: Held

    def add_to(self, app: Flask) -> None:
        """``app`` says who is let in."""
        app.add_url_rule("/bindings", view_func=self.give_bindings, methods=["GET"])

    def give_bindings(self) -> ResponseReturnValue:
        """Where the sensor knows all there is and would wait, when there is more."""
        if not self.admission.reads_bindings(g.device):
            raise NotFound
        school, wait = g.device.organisation_id, wanted_wait(request.headers.get("Prefer", ""))
        before = self.held.signed_in(school) if wait else frozenset()
        answer = self._bindings_of(school)
        if wait and answer.status_code == 304:
            self.held.until_changed(school, before, wait)
            answer = self._bindings_of(school)
        return answer

    def _bindings_of(self, organisation_id: int) -> Response:
        with store.reading(self.sessions) as session:
            body = json.dumps(bindings.of_school(session, organisation_id, self.clock())).encode()
        return tagged(body, hashlib.sha256(body).hexdigest())
