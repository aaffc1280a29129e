"""``gatehouse lists``."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from appliance import library_releases
from appliance.commands import lists
from appliance.models import LibraryChange, Organisation
from detection import library_keys
from detection.library_bundle import verify
from tests.appliance import factories
from tests.detection import libraries

Run = Callable[..., str]
WHO = ("--by", "Jo Bell", "--why", "asked for")
AWAY = "en.bullying.nobody-likes-you"
GIRAFFE = ("add", "purple giraffe", "--category", "bullying", "--severity", "3", "--gloss", "A made-up insult.")
HIT = ("--hit", "you purple giraffe")


@pytest.fixture(autouse=True)
def schools(sessions: sessionmaker[Session], tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    library_keys.new_key(tmp_path / "keys" / "library.key", tmp_path / "keys" / "library.pub")
    with sessions.begin() as session:
        trust = factories.trust(session)
        factories.school(session, trust=trust)
        factories.school(session, "elm", trust=trust)


@pytest.fixture
def run(config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """What the command prints."""
    with config.open("a") as file:
        file.write(f"library_key = {json.dumps(str(tmp_path / 'keys' / 'library.key'))}\n")
    shipped = libraries.write(tmp_path / "phrases")

    def run(*arguments: str, school: str = "oak") -> str:
        given = [*arguments, "--school", school, "--config", str(config)]
        assert lists.main(given, shipped=shipped) == 0
        return capsys.readouterr().out

    return run


@pytest.fixture
def refused(run: Run, capsys: pytest.CaptureFixture[str]) -> Run:
    """What the command says on standard error before it ends with status 2."""

    def refused(*arguments: str, school: str = "oak") -> str:
        with pytest.raises(SystemExit) as ended:
            run(*arguments, school=school)
        assert ended.value.code == 2
        return capsys.readouterr().err

    return refused


def test_what_was_changed_is_released_with_a_list_to_read(
    run: Run, sessions: sessionmaker[Session], tmp_path: Path
) -> None:
    assert run(*GIRAFFE, *HIT, *WHO) == (
        "Change 1. Added en.bullying.purple-giraffe, “purple giraffe”, severity 3.\n"
        "It counts once it is released: gatehouse lists release.\n"
    )
    run("ignore", AWAY, *WHO)
    said = run("release", *WHO)
    assert re.match(r"oak: release 2, version [0-9a-f]{12}, 1 phrases\.\nen/bullying\n", said)
    assert "added [purple-giraffe] “purple giraffe”, severity 3" in said
    assert "removed [nobody-likes-you]" in said
    with sessions() as session:
        oak = session.scalars(select(Organisation).where(Organisation.slug == "oak")).one()
        row = library_releases.newest(session, oak.id)
        assert row is not None
        bundle = verify(row.bundle, library_keys.read_public(tmp_path / "keys" / "library.pub"))
    assert [phrase.id for phrase in bundle.library.phrases] == ["en.bullying.purple-giraffe"]
    assert bundle.built_by == "Jo Bell"


def test_a_change_can_be_withdrawn_and_a_release_gone_back_from(run: Run) -> None:
    run("ignore", AWAY, *WHO)
    first = run("release", *WHO)
    assert run("withdraw", "1", *WHO).startswith("Change 1 is withdrawn.")
    assert "added [nobody-likes-you]" in run("release", *WHO)
    version = re.search(r"version (\w+)", first)
    assert version
    assert "removed [nobody-likes-you]" in run("rollback", version[1], *WHO)
    past = run("history")
    assert re.search(r"^     1  .* Jo Bell: Ignored .*  \[withdrawn by Jo Bell\]$", past, re.MULTILINE)
    assert re.search(rf"^     4  .*  {version[1]}  Jo Bell: asked for  \[went back\]$", past, re.MULTILINE)


def test_a_trust_is_released_to_each_of_its_schools(run: Run) -> None:
    run("regrade", AWAY, "1", *WHO, school="forest")
    said = run("release", *WHO, school="forest")
    assert re.findall(r"^(\w+): release", said, re.MULTILINE) == ["elm", "oak"]
    assert said.count("re-graded [nobody-likes-you] 3 → 1") == 2
    assert "Nothing in it changed." in run("release", *WHO)


def test_before_anything_was_done_the_history_says_so(run: Run) -> None:
    assert run("history") == "Changes\n  none yet\n\nReleases\n  none yet\n"


@pytest.mark.parametrize(
    ("arguments", "school", "reason"),
    [
        (("ignore", "en.bullying.none", *WHO), "oak", "there is no such phrase"),
        ((*GIRAFFE, "--hit", "a green one", *WHO), "oak", "is not found in its own hit"),
        (("withdraw", "7", *WHO), "oak", "oak has no change 7 that counts"),
        (("rollback", "0" * 12, *WHO), "oak", "oak never had a library 000000000000"),
        (("rollback", "0" * 12, *WHO), "forest", "forest is a trust; name the school"),
        (("release", *WHO), "ash", "there is no school 'ash'"),
        (("ignore", AWAY, "--expires", "tomorrow", *WHO), "oak", "'tomorrow' is not a day such as 2026-05-03"),
        (("ignore", AWAY, "--by", "Jo Bell"), "oak", "the following arguments are required: --why"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_mistake_is_told_in_words(
    refused: Run, sessions: sessionmaker[Session], arguments: tuple[str, ...], school: str, reason: str
) -> None:
    assert reason in refused(*arguments, school=school)
    with sessions() as session:
        assert session.scalars(select(LibraryChange)).all() == []


def test_without_a_key_nothing_is_released(refused: Run, config: Path) -> None:
    config.write_text(re.sub("library_key.*", "", config.read_text()))
    assert "library_key: is not set; make one with gatehouse keys library" in refused("release", *WHO)
