"""Give sensors the library of their school, signed, and again only when it is another."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import Flask, g, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session, sessionmaker

from appliance import library_releases, store
from appliance.ingest_answers import reply, tagged
from appliance.library_releases import Press
from appliance.models import Organisation
from detection.library import LibraryError
from detection.library_bundle import tag

logger = logging.getLogger("gatehouse.ingest")


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryEndpoint:
    """Without a ``press`` sensors are given no library."""

    sessions: sessionmaker[Session]
    clock: Callable[[], datetime]
    press: Press | None

    def add_to(self, app: Flask) -> None:
        """``app`` says who is let in."""
        app.add_url_rule("/library", view_func=self.give_library, methods=["GET"])

    def give_library(self) -> ResponseReturnValue:
        if self.press is None:
            return reply(404, "no libraries are signed here")
        try:
            said, bundle = self._library(self.press, g.device.organisation_id)
        except LibraryError as e:
            logger.error("school %d: its library cannot be built: %s", g.device.organisation_id, e)
            return reply(503, "the library cannot be built")
        return tagged(bundle, said, "application/octet-stream")

    def _library(self, press: Press, school_id: int) -> tuple[str, bytes]:
        """Tag and bundle, which is not fetched for a sensor that has it."""
        now = self.clock()
        with store.reading(self.sessions) as session:
            due = library_releases.is_due(session, session.get_one(Organisation, school_id), press, now)
        with self.sessions.begin() if due else store.reading(self.sessions) as session:
            release = library_releases.current(session, session.get_one(Organisation, school_id), press, now)
            said = tag(release.serial, release.version)
            # A sensor that knows nothing of groups asks with the version of its library.
            known = (said, *(each.version for each in release.libraries if not each.group))
            has = next((each for each in known if request.if_none_match.contains(each)), "")
            return (has, b"") if has else (said, release.bundle)
