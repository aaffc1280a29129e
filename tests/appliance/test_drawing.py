"""What is due is drawn, the gravest first; what fails is tried thrice; a fuller bundle is drawn again."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from appliance import evidence, store
from appliance.drawing import BACK_OFF, LEASE, TRIES, Claim, Drawings
from appliance.models import Capture, DrawState, Notification, NotificationKind
from detection.wire import EvidenceNames
from images.drawing import Drawing, Picture
from images.vault import Vault
from tests.appliance import factories
from tests.appliance.factories import NOON


@dataclass
class Pen:
    """A renderer that remembers what it was asked to draw."""

    drawn: list[Drawing] = field(default_factory=list)
    note: str = ""

    def draw(self, drawing: Drawing) -> Picture:
        self.drawn.append(drawing)
        return Picture(png=f"picture {len(self.drawn)} of {drawing.text}".encode(), note=self.note)


@pytest.fixture
def pen() -> Pen:
    return Pen()


@pytest.fixture
def drawings(sessions: sessionmaker[Session], tmp_path: Path, pen: Pen) -> Drawings:
    return Drawings(sessions, Vault(tmp_path / "vault"), pen)


def due(sessions: sessionmaker[Session], *captures: dict[str, Any]) -> None:
    with sessions.begin() as session:
        oak = factories.school(session)
        incident, gate = factories.incident(session, oak), factories.device(session, oak)
        for number, fields in enumerate(captures):
            factories.capture(session, incident, gate, **{"id": f"obs-{number}", "draw_state": DrawState.DUE} | fields)


def change(sessions: sessionmaker[Session], do: Callable[[Session, Capture], object]) -> None:
    with sessions.begin() as session:
        do(session, session.scalars(select(Capture)).one())


def the(sessions: sessionmaker[Session]) -> Capture:
    with sessions() as session:
        return session.scalars(select(Capture)).one()


def claimed(drawings: Drawings, now: datetime = NOON) -> Claim:
    claim = drawings.claim(now)
    assert claim is not None
    return claim


def test_it_is_claimed_drawn_and_kept(drawings: Drawings, pen: Pen, sessions: sessionmaker[Session]) -> None:
    due(sessions, {})
    pen.note = "The words are not in the visible page."
    claim = claimed(drawings)
    drawings.done(claim, drawings.draw(claim), NOON)
    capture = the(sessions)
    assert (capture.draw_state, capture.draw_note) == (DrawState.DRAWN, "The words are not in the visible page.")
    assert drawings.vault.get(capture.picture or "") == b"picture 1 of I feel so alone lately"
    assert drawings.claim(NOON + timedelta(days=1)) is None


def test_the_gravest_is_drawn_first(drawings: Drawings, sessions: sessionmaker[Session]) -> None:
    due(sessions, {"severity": 2}, {"severity": 5}, {"severity": 3}, {"draw_state": DrawState.WAITING})
    order = []
    while claim := drawings.claim(NOON):
        order.append(claim.id)
    assert order == ["obs-1", "obs-2", "obs-0"]


def test_what_has_no_picture_yet_is_drawn_before_a_fuller_one(
    drawings: Drawings, sessions: sessionmaker[Session]
) -> None:
    due(sessions, {"severity": 5, "picture": "0" * 64}, {"severity": 2})
    assert [claimed(drawings).id for _ in range(2)] == ["obs-1", "obs-0"]


def test_a_failure_is_tried_thrice_and_then_told(drawings: Drawings, sessions: sessionmaker[Session]) -> None:
    due(sessions, {})
    now = NOON
    for wait in BACK_OFF:
        drawings.failed(claimed(drawings, now), "the browser stopped", now)
        assert drawings.claim(now + wait - timedelta(seconds=1)) is None
        now += wait
    drawings.failed(claimed(drawings, now), "the browser stopped", now)
    capture = the(sessions)
    assert capture.draw_state is DrawState.FAILED
    assert capture.draw_note == "The picture could not be drawn, 3 times: the browser stopped."
    with sessions() as session:
        assert session.scalars(select(Notification.kind)).all() == [NotificationKind.HEALTH]


def test_a_worker_killed_while_drawing_is_taken_over_from_but_not_for_ever(
    drawings: Drawings, sessions: sessionmaker[Session]
) -> None:
    due(sessions, {})
    now = NOON
    for _ in range(TRIES):
        claimed(drawings, now)
        assert drawings.claim(now + LEASE - timedelta(seconds=1)) is None
        now += LEASE
    assert drawings.claim(now) is None
    assert the(sessions).draw_state is DrawState.FAILED


def test_two_workers_draw_each_capture_once(every_url: str, tmp_path: Path) -> None:
    sessions, pen = store.sessions(every_url), Pen()
    due(sessions, *({"text": f"text {n}"} for n in range(16)))
    drawings = Drawings(sessions, Vault(tmp_path / "vault"), pen)

    def work(_: int) -> None:
        while claim := drawings.claim(NOON):
            drawings.done(claim, drawings.draw(claim), NOON)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert sorted(d.text for d in pen.drawn) == sorted(f"text {n}" for n in range(16))
    with sessions() as session:
        assert set(session.scalars(select(Capture.draw_state))) == {DrawState.DRAWN}
    sessions.kw["bind"].dispose()


def test_a_fuller_bundle_named_meanwhile_is_drawn_instead(
    drawings: Drawings, pen: Pen, sessions: sessionmaker[Session]
) -> None:
    due(sessions, {})
    claim = claimed(drawings)
    picture = drawings.draw(claim)
    index = drawings.vault.put(b"{}")
    names = EvidenceNames(index="har", blobs={"har": index})
    change(sessions, lambda session, capture: evidence.expect(session, capture, names, "", NOON))
    drawings.done(claim, picture, NOON)
    drawings.failed(claim, "late", NOON)
    assert (the(sessions).draw_state, the(sessions).picture) == (DrawState.WAITING, None)
    change(sessions, lambda session, capture: evidence.take(capture.parts, index, NOON))
    again = claimed(drawings)
    drawings.done(again, drawings.draw(again), NOON)
    assert the(sessions).draw_state is DrawState.DRAWN
    assert pen.drawn[-1].evidence is not None


def test_a_picture_that_was_replaced_is_not_kept(drawings: Drawings, sessions: sessionmaker[Session]) -> None:
    due(sessions, {})
    for _ in range(2):
        change(sessions, lambda _, capture: evidence.draw(capture, NOON))
        claim = claimed(drawings)
        drawings.done(claim, drawings.draw(claim), NOON)
    assert list(drawings.vault.names()) == [the(sessions).picture]
