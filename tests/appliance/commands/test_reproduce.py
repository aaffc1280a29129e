"""``gatehouse reproduce``: with the library each capture names, in a real database and vault."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from nacl.signing import SigningKey
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from appliance import kept_versions, library_layers, library_releases, released_libraries
from appliance.commands import reproduce
from appliance.entry_kinds import EntryKind
from appliance.library_releases import Press
from appliance.models import Capture, Device, Entry, Organisation, ReviewerRole
from detection.canary import Canary, new_key, token
from detection.detector import Detector
from detection.layers import Act, Change, Ignore, Regrade
from detection.library import load
from detection.model.second_opinion import SecondOpinion
from detection.observation import Channel, Mark
from images.vault import Vault
from tests.appliance import factories
from tests.appliance.factories import NOON
from tests.appliance.recordings import filed, observation, posted, stored
from tests.detection import libraries

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
AWAY = "en.bullying.go-away"
TEXT = "you go away silly goose"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    return libraries.write(tmp_path / "phrases", PHRASES)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "vault")


@pytest.fixture(autouse=True)
def gate(sessions: sessionmaker[Session]) -> Device:
    with sessions.begin() as session:
        oak = factories.school(session)
        for role in (ReviewerRole.DSL, ReviewerRole.NETWORK_MANAGER):
            factories.reviewer(session, oak, role, login=str(role))
        factories.reviewer(session, factories.school(session, "elm"), login="elsewhere")
        return factories.device(session, oak)


@pytest.fixture(autouse=True)
def capture(sessions: sessionmaker[Session], gate: Device, vault: Vault, shipped: Path) -> None:
    with sessions.begin() as session:
        filed(session, gate, Detector(load(shipped)), observation(TEXT), vault, posted(TEXT))


@pytest.fixture
def run(config: Path, shipped: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Status, and what it says on both outputs."""

    def run(*arguments: str, by: str = "dsl") -> tuple[int, str, str]:
        try:
            status = reproduce.main(["--config", str(config), "--by", by, *arguments], shipped=shipped)
        except SystemExit as ended:
            status = int(str(ended.code))
        said = capsys.readouterr()
        assert "silly goose" not in said.out + said.err
        return status, said.out, said.err

    return run


def release(session: Session, school_id: int, shipped: Path, act: Act) -> released_libraries.Libraries:
    press, school = Press(SigningKey.generate(), load(shipped)), session.get_one(Organisation, school_id)
    change = Change(act=act, by="Jo Bell", at=NOON, why="asked for", group="Year 12")
    library_layers.record(session, school, change, press.shipped)
    made = library_releases.release(session, school, press, by="Jo Bell", note="spring term", now=NOON)
    return released_libraries.libraries(made)


def entries(sessions: sessionmaker[Session]) -> list[tuple[str, str | None]]:
    with sessions() as session:
        wanted = select(Entry).where(Entry.kind == EntryKind.REPRODUCED).order_by(Entry.sequence)
        return [(each.actor, each.capture_id) for each in session.scalars(wanted)]


def test_equal_is_status_0_and_that_it_was_asked_is_an_entry(run: Run, sessions: sessionmaker[Session]) -> None:
    status, out, err = run("c1")
    assert (status, err) == (0, "")
    assert out.startswith("capture c1: equal\n  derived from  its recorded bytes, which say its text\n")
    assert f"found again   {AWAY} (bullying 4) at 4 to 11" in out
    assert entries(sessions) == [("reviewer:dsl", "c1")]


def test_the_library_of_the_persons_group_is_taken_out_of_its_release(
    run: Run, sessions: sessionmaker[Session], gate: Device, vault: Vault, shipped: Path
) -> None:
    """Though another was released since."""
    with sessions.begin() as session:
        library, groups = release(session, gate.organisation_id, shipped, Regrade(AWAY, 2))
        seen = observation("please go away", "c2")
        seen = replace(seen, subject=replace(seen.subject, group="Year 12"))
        filed(session, gate, Detector(library, groups=groups), seen, vault)
        release(session, gate.organisation_id, shipped, Ignore("en.bullying.silly-goose"))
    status, out, _ = run("c2")
    assert status == 0
    assert f"{AWAY} (bullying 2)" in out


def test_a_library_that_is_nowhere_any_more_is_named_and_may_be_given(
    run: Run, sessions: sessionmaker[Session], gate: Device, vault: Vault, tmp_path: Path
) -> None:
    folder = libraries.write(tmp_path / "earlier", PHRASES.replace("severity = 4", "severity = 3"))
    earlier = load(folder)
    with sessions.begin() as session:
        filed(session, gate, Detector(earlier), observation("please go away", "c2"), vault)
    status, out, err = run("c2")
    assert (status, out) == (2, "")
    assert f"library {earlier.version} is not kept" in err
    assert run("c2", "--library", str(folder))[0] == 0
    kept_versions.keep(vault, earlier)
    assert run("c2")[0] == 0
    name = hashlib.sha256(earlier.canonical).hexdigest()
    (tmp_path / "vault" / name[:2] / name[2:4] / name).write_bytes(b"{}")
    assert f"capture c2: the library or model it names is not whole: {name}: damaged" in run("c2")[2]


def test_a_row_that_was_changed_is_status_1_with_what_differs(run: Run, sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        session.scalars(select(Capture)).one().severity = 5
    status, out, _ = run("c1")
    assert status == 1
    assert out.startswith("capture c1: differs\n")
    assert "DIFFERS       record: it was changed since it was filed | as it was filed" in out
    assert "DIFFERS       severity: 5 | 4" in out


def test_evidence_that_was_tampered_with_is_status_1_and_named(
    run: Run, sessions: sessionmaker[Session], tmp_path: Path
) -> None:
    with sessions() as session:
        index = session.scalars(select(Capture.evidence_index)).one()
    assert index
    (tmp_path / "vault" / index[:2] / index[2:4] / index).write_bytes(b"{}")
    status, out, _ = run("c1")
    assert status == 1
    assert f"DIFFERS       evidence: {index} | damaged in the vault" in out
    assert "its stored text, not from bytes. What was recorded is not whole." in out


def test_evidence_that_is_gone_is_status_2(run: Run, sessions: sessionmaker[Session], vault: Vault) -> None:
    with sessions() as session:
        index = session.scalars(select(Capture.evidence_index)).one()
    assert index
    vault.delete(index)
    assert run("c1") == (2, "", f"gatehouse reproduce: capture c1: {index} is no longer in the vault\n")


def test_what_was_withheld_by_policy_is_said_to_be(
    run: Run, sessions: sessionmaker[Session], gate: Device, vault: Vault, shipped: Path
) -> None:
    detection = Detector(load(shipped)).detect(observation("please go away", "c2"))
    assert detection is not None
    kept = replace(detection.observation, marks=frozenset({Mark.WITHHELD}))
    with sessions.begin() as session:
        stored(session, gate, replace(detection, observation=kept), vault)
    status, out, _ = run("c2")
    assert status == 0
    assert out.startswith("capture c2: withheld by policy\n")


def test_what_stands_behind_a_capture_is_derived_with_it(
    run: Run, sessions: sessionmaker[Session], gate: Device, vault: Vault, shipped: Path
) -> None:
    with sessions.begin() as session:
        filed(session, gate, Detector(load(shipped)), observation(TEXT, "c2", channel=Channel.MESSAGE), vault)
    status, out, _ = run("c1", "--json")
    assert status == 0
    assert [(each["capture"], each["source"]) for each in map(json.loads, out.splitlines())] == [
        ("c1", "bytes"),
        ("c2", "text"),
    ]
    assert entries(sessions) == [("reviewer:dsl", "c1"), ("reviewer:dsl", "c2")]


def test_several_may_be_asked_for_at_once_and_none_where_one_is_not_there(
    run: Run, sessions: sessionmaker[Session], gate: Device, vault: Vault, shipped: Path
) -> None:
    with sessions.begin() as session:
        filed(session, gate, Detector(load(shipped)), observation("please go away", "c2"), vault)
    assert run("c1", "c2", "c9")[:2] == (2, "")
    assert entries(sessions) == []
    status, out, _ = run("c2", "c1", "c2")
    assert status == 0
    assert [line for line in out.splitlines() if line[0] != " "] == ["capture c2: equal", "capture c1: equal"]
    assert entries(sessions) == [("reviewer:dsl", "c2"), ("reviewer:dsl", "c1")]


@pytest.mark.parametrize(
    ("id", "by", "said"),
    [
        ("c9", "dsl", "dsl sees no capture c9"),
        ("c1", "elsewhere", "elsewhere sees no capture c1"),
        ("c1", "network-manager", "network-manager sees no capture c1"),
        ("c1", "nobody", "there is no reviewer nobody"),
    ],
)
def test_who_sees_no_such_capture_gets_nothing_and_no_entry(
    run: Run, sessions: sessionmaker[Session], id: str, by: str, said: str
) -> None:
    assert run(id, by=by) == (2, "", f"gatehouse reproduce: {said}\n")
    assert entries(sessions) == []


def test_the_model_it_names_is_asked_again_and_another_is_refused(
    run: Run, sessions: sessionmaker[Session], gate: Device, vault: Vault, shipped: Path, tmp_path: Path
) -> None:
    with sessions.begin() as session:
        detector = Detector(load(shipped), second=SecondOpinion())
        row = filed(session, gate, detector, observation("please go away", "c2"), vault)
        assert row.opinion
        probability, version = round(row.opinion["probability"], 4), row.model_version
    status, out, _ = run("c2")
    assert status == 0
    assert f"model {version}\n" in out
    assert f"model {probability} " in out
    with sessions.begin() as session:
        session.scalars(select(Capture).where(Capture.id == "c2")).one().model_version = "0" * 12
    status, _, err = run("c2")
    assert status == 2
    assert f"model 000000000000 is not kept, and the one that came with this Gatehouse is {version}; give" in err
    assert "no.onnx: No such file" in run("c2", "--model", str(tmp_path / "no.onnx"))[2]


def test_a_test_of_the_system_needs_its_key(
    run: Run, sessions: sessionmaker[Session], gate: Device, vault: Vault, shipped: Path, tmp_path: Path
) -> None:
    key = tmp_path / "canary.key"
    new_key(key)
    words = f"gatehouse canary {token(key.read_bytes(), NOON)}"
    detection = Canary(key.read_bytes()).detection(observation(words, "c2"), load(shipped).version)
    assert detection is not None
    with sessions.begin() as session:
        stored(session, gate, detection, vault)
    assert "give --canary-key" in run("c2-canary")[2]
    assert run("c2-canary", "--canary-key", str(key))[0] == 0
    assert run("c2-canary", "--canary-key", str(tmp_path / "none"))[0] == 2
