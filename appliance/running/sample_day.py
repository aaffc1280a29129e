"""Play the sample day on this machine and wait until all that was noticed of it can be looked at."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Event
from time import monotonic

from sqlalchemy.orm import Session, sessionmaker

from appliance.running.display import Display
from appliance.running.places import Places
from appliance.running.settings_files import LATER_SECONDS, Ports
from appliance.running.settling import Settled, knows_people, settled
from appliance.sample.day import Day, Planned
from appliance.sample.play import Failure, Stage, Tally, play
from appliance.sample.sites import CHAT_HOST
from appliance.sample.web import SampleWeb

GLANCE = 0.25
GATEWAY_PATIENCE = 30.0
"""Seconds for the gateway to ask who is where."""
PATIENCE = 240.0
"""Seconds for everything to be drawn."""
MARGIN = timedelta(seconds=2)
"""On top of the time the gateway gathers a page's pictures, before its figures count."""


class DayError(Exception):
    """The day cannot be played, in a sentence."""


def stage(web: SampleWeb, places: Places, ports: Ports) -> Stage:
    """Pupils' browsers trust the gateway, and like any browser the web itself: the helpline comes unopened."""
    trusted = places.sample_web / "pupils-trust.pem"
    trusted.write_bytes(places.root.read_bytes() + web.root.read_bytes())
    return Stage(proxy=ports.proxy_url, root=str(trusted), chat=web.hosts[CHAT_HOST], chat_root=str(web.root))


def play_day(day: Day, where: Stage, places: Places, display: Display, *, seconds: float, seed: int) -> Tally:
    """Every failure is shown as it happens."""
    _await_gateway(lambda: knows_people(places.gateway_status))
    played = 0
    with display.bar("Sample day") as bar:

        def on_played(planned: Planned, why: str) -> None:
            nonlocal played
            played += 1
            if why:
                display.say(_told(Failure(planned, why)))
            bar.to(played, len(day.acts), planned.lesson)

        return play(day, where, seconds=seconds, seed=seed, on_played=on_played)


def await_captures(sessions: sessionmaker[Session], places: Places, display: Display) -> Settled:
    """What has come of it once nothing more is on its way, or after a while."""
    since = datetime.now(UTC) + timedelta(seconds=LATER_SECONDS) + MARGIN
    deadline, never = monotonic() + PATIENCE, Event()
    with display.bar("Captures drawn") as bar:
        while True:
            now = settled(sessions, places.gateway_status, since)
            bar.to(now.drawn, max(now.captures, 1), "" if now.sending == 0 else "more on the way")
            if now.done or monotonic() > deadline:
                return now
            never.wait(GLANCE)


def _await_gateway(ready: Callable[[], bool]) -> None:
    deadline, never = monotonic() + GATEWAY_PATIENCE, Event()
    while not ready():
        if monotonic() > deadline:
            raise DayError("the gateway has not been told who is where; see its log")
        never.wait(GLANCE)


def _told(failure: Failure) -> str:
    """Who and what, without a word of theirs."""
    act = type(failure.planned.act).__name__.lower()
    who = ", ".join(person.ref for person in failure.planned.people)
    return f"failed in {failure.planned.lesson}: {act} by {who}: {failure.why}"
