"""``gatehouse library try``: stored captures under another library, in a real database."""

import argparse
import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from nacl.signing import SigningKey
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from appliance import incidents, library_layers, library_releases, released_libraries
from appliance.commands import library_try
from appliance.library_releases import Press
from appliance.models import Capture, Device, Entry, Organisation
from detection import wire
from detection.detector import Detector
from detection.layers import Act, Change, Ignore, Regrade
from detection.library import load
from detection.observation import Channel, Direction, Observation, Subject
from tests.appliance import factories
from tests.appliance.factories import NOON
from tests.detection import libraries

Run = Callable[..., str]
PHRASES = """
[go-away]
text = "go away"
severity = 4
gloss = "Told to leave."
hits = ["go away"]

[silly-goose]
text = "silly goose"
severity = 2
gloss = "A mild insult."
hits = ["silly goose"]
"""
AWAY, GOOSE = "en.bullying.go-away", "en.bullying.silly-goose"
SAID = ("you go away", "you go away, silly goose", "silly goose", "you silly goose")
"""Each by another pupil, so that each is an incident."""


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    return libraries.write(tmp_path / "phrases", PHRASES)


@pytest.fixture(autouse=True)
def captures(sessions: sessionmaker[Session], shipped: Path) -> None:
    """Two schools of one trust; one has captures, as its sensor would have sent them."""
    with sessions.begin() as session:
        trust = factories.trust(session)
        oak = factories.school(session, trust=trust)
        factories.school(session, "elm", trust=trust)
        gate = factories.device(session, oak)
        detector = Detector(load(shipped))
        for number, text in enumerate(SAID):
            detected(session, gate, detector, f"c{number}", text)


def detected(session: Session, gate: Device, detector: Detector, id: str, text: str) -> None:
    seen_at = NOON + timedelta(minutes=len(id))
    observation = Observation(
        id=id,
        seen_at=seen_at,
        reported_at=seen_at,
        subject=Subject(organisation="oak", people=(id,)),
        channel=Channel.MESSAGE,
        direction=Direction.WRITTEN,
        app="chat",
        location="",
        text=text,
    )
    detection = detector.detect(observation)
    assert detection is not None
    digest = hashlib.sha256(id.encode()).hexdigest()
    incidents.record(
        session,
        wire.Report(detection=detection),
        gate,
        content_sha256=digest,
        seen_at=seen_at,
        received_at=seen_at,
    )


def parsed(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    library_try.declare(parser)
    return parser.parse_args(arguments)


@pytest.fixture
def run(config: Path, shipped: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """What the command prints."""

    def run(*arguments: str) -> str:
        assert library_try.run(parsed(*arguments, "--config", str(config)), shipped=shipped) == 0
        return capsys.readouterr().out

    return run


@pytest.fixture
def refused(run: Run, capsys: pytest.CaptureFixture[str]) -> Run:
    """What the command says on standard error before it ends with status 2."""

    def refused(*arguments: str) -> str:
        with pytest.raises(SystemExit) as ended:
            run(*arguments)
        assert ended.value.code == 2
        return capsys.readouterr().err

    return refused


def oak(run: Run, *arguments: str) -> dict[str, Any]:
    (school,) = json.loads(run(*arguments, "--school", "oak", "--json"))["schools"]
    return dict(school)


def counts(falls_away: int, regraded: int, stays: int) -> dict[str, int]:
    return {"falls_away": falls_away, "regraded": regraded, "stays": stays}


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("--ignore", AWAY), counts(1, 1, 2)),
        (("--ignore", AWAY, "--ignore", GOOSE), counts(4, 0, 0)),
        (("--regrade", AWAY, "3"), counts(0, 2, 2)),
        (("--regrade", GOOSE, "3"), counts(0, 2, 2)),
        (("--add", "goose", "--category", "violence", "--severity", "5"), counts(0, 3, 1)),
        (("--alert-from", "2"), counts(0, 0, 4)),
    ],
    ids=["ignored", "both ignored", "lowered", "raised", "added", "threshold alone"],
)
def test_a_single_change_is_tried_on_what_is_stored(
    run: Run, arguments: tuple[str, ...], expected: dict[str, int]
) -> None:
    found = oak(run, *arguments)
    assert found["captures"] == expected
    assert found["incidents"] == expected


def test_the_ids_of_captures_are_listed_and_no_words(run: Run) -> None:
    said = run("--against", "captures", "--school", "oak", "--ignore", AWAY, "--list", "9")
    assert "c0  incident 1  bullying 4 → falls away" in said
    assert "c1  incident 2  bullying 4 → bullying 2" in said
    assert "c2" not in said
    assert not any(text in said for text in SAID)
    assert "is stored nowhere" in said


def test_a_whole_library_is_tried_in_place_of_the_one_in_force(run: Run, tmp_path: Path) -> None:
    other = libraries.write(tmp_path / "other", PHRASES.replace("severity = 4", "severity = 3"))
    found = oak(run, "--library", str(other), "--ignore", GOOSE)
    assert found["tried"] != load(other).version, "single changes are made to it"
    assert found["captures"] == counts(2, 2, 0)


def change(session: Session, shipped: Path, act: Act) -> None:
    school = session.scalars(select(Organisation).where(Organisation.slug == "oak")).one()
    made = Change(act=act, by="Jo Bell", at=datetime.now(UTC), why="asked for")
    library_layers.record(session, school, made, load(shipped))


def test_changes_that_are_not_released_yet_are_tried_against_what_is(
    run: Run, sessions: sessionmaker[Session], shipped: Path
) -> None:
    with sessions.begin() as session:
        change(session, shipped, Ignore(GOOSE))
    assert oak(run, "--unreleased")["captures"] == counts(2, 0, 2)
    with sessions.begin() as session:
        school = session.scalars(select(Organisation).where(Organisation.slug == "oak")).one()
        press = Press(SigningKey.generate(), load(shipped))
        library_releases.release(session, school, press, by="Jo Bell", note="asked for", now=datetime.now(UTC))
        change(session, shipped, Regrade(AWAY, 3))
    found = oak(run, "--unreleased")
    assert found["captures"] == counts(0, 2, 2)
    assert found["library"] == library_version(sessions)


def library_version(sessions: sessionmaker[Session]) -> str:
    with sessions() as session:
        school = session.scalars(select(Organisation).where(Organisation.slug == "oak")).one()
        row = released_libraries.newest(session, school.id)
        assert row is not None
        return row.version


def test_a_trust_is_tried_for_each_of_its_schools_and_so_is_everybody_without_a_name(run: Run) -> None:
    for named in (("--school", "forest"), ()):
        said = run("--ignore", AWAY, *named)
        assert [line.partition(":")[0] for line in said.splitlines() if ": library " in line] == ["elm", "oak"]
        assert "No captures are stored." in said


def test_a_trial_leaves_the_store_as_it_was(run: Run, sessions: sessionmaker[Session]) -> None:
    def rows() -> list[Any]:
        with sessions() as session:
            columns = (Capture.id, Capture.severity, Capture.category)
            return [*session.execute(select(*columns)).all(), *session.execute(select(Entry.hash)).all()]

    before = rows()
    run("--ignore", AWAY, "--regrade", GOOSE, "5", "--list", "9")
    assert rows() == before


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ((), "say what is to be tried: --ignore"),
        (("--ignore", "en.bullying.none"), "en.bullying.none: no such phrase in the library of elm, oak"),
        (("--regrade", AWAY, "6"), f"--regrade {AWAY}: '6' is no severity; it goes from 1 to 5"),
        (("--add", "goose", "--severity", "3"), "--add: needs --category and --severity"),
        (("--add", "goose", "--category", "rudeness", "--severity", "3"), "invalid choice: 'rudeness'"),
        (("--add", "go", "--category", "bullying", "--severity", "3"), "fewer than 3 letters"),
        (("--add", "go away", "--category", "bullying", "--severity", "3"), "there is a phrase of this id already"),
        (("--ignore", AWAY, "--school", "ash"), "there is no school 'ash'"),
        (("--library", "/no-such-folder"), "/no-such-folder: there is no such folder"),
        (("--library", "x", "--unreleased"), "not allowed with argument"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_mistake_is_told_in_words(refused: Run, arguments: tuple[str, ...], reason: str) -> None:
    assert reason in refused(*arguments)


def test_without_a_database_none_is_made(refused: Run, config: Path, tmp_path: Path) -> None:
    missing = tmp_path / "elsewhere" / "gatehouse.db"
    config.write_text(config.read_text().replace(str(tmp_path / "gatehouse.db"), str(missing)))
    assert f"{missing}: there is no database yet" in refused("--ignore", AWAY)
    assert not missing.parent.exists()
