"""``gatehouse lists``."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from appliance import released_libraries, reviewers
from appliance.commands import lists
from appliance.models import LibraryChange, Organisation, Reviewer, ReviewerRole
from detection import library_keys
from detection.library_bundle import verify
from tests.appliance import factories
from tests.detection import libraries

Run = Callable[..., str]
WHO = ("--by", "jo", "--why", "asked for")
PASSWORD = "three quiet otters"
AWAY = "en.bullying.nobody-likes-you"
GIRAFFE = ("add", "purple giraffe", "--category", "bullying", "--severity", "3", "--gloss", "A made-up insult.")
HIT = ("--hit", "you purple giraffe")


pytestmark = pytest.mark.usefixtures("quick_passwords")


@pytest.fixture(autouse=True)
def schools(sessions: sessionmaker[Session], tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    library_keys.new_key(tmp_path / "keys" / "library.key", tmp_path / "keys" / "library.pub")
    with sessions.begin() as session:
        trust = factories.trust(session)
        oak = factories.school(session, trust=trust)
        factories.school(session, "elm", trust=trust)
        jo = factories.reviewer(session, oak, ReviewerRole.NETWORK_MANAGER, login="jo")
        kim = factories.reviewer(session, oak, login="kim")
        factories.reviewer(session, oak, ReviewerRole.MODERATOR, login="max")
        factories.reviewer(session, trust, ReviewerRole.TRUST_OFFICER, login="officer")
        for reviewer in (jo, kim):
            reviewers.set_password(reviewer, PASSWORD)


@pytest.fixture
def run(config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """What the command prints."""
    with config.open("a") as file:
        file.write(f"library_key = {json.dumps(str(tmp_path / 'keys' / 'library.key'))}\n")
    shipped = libraries.write(tmp_path / "phrases")

    def run(*arguments: str, school: str = "oak", password: str = PASSWORD) -> str:
        given = [*arguments, "--school", school, "--config", str(config)]
        assert lists.main(given, shipped=shipped, ask=lambda _: password) == 0
        return capsys.readouterr().out

    return run


@pytest.fixture
def refused(run: Run, capsys: pytest.CaptureFixture[str]) -> Run:
    """What the command says on standard error before it ends with status 2."""

    def refused(*arguments: str, **more: str) -> str:
        with pytest.raises(SystemExit) as ended:
            run(*arguments, **more)
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
        row = released_libraries.newest(session, oak.id)
        assert row is not None
        bundle = verify(row.bundle, library_keys.read_public(tmp_path / "keys" / "library.pub"))
    assert [phrase.id for phrase in bundle.library.phrases] == ["en.bullying.purple-giraffe"]
    assert bundle.built_by == "jo"


def test_a_change_can_be_withdrawn_and_a_release_gone_back_from(run: Run) -> None:
    run("ignore", AWAY, *WHO)
    first = run("release", *WHO)
    assert run("withdraw", "1", *WHO).startswith("Change 1 is withdrawn.")
    assert "added [nobody-likes-you]" in run("release", *WHO)
    version = re.search(r"version (\w+)", first)
    assert version
    assert "removed [nobody-likes-you]" in run("rollback", version[1], *WHO)
    past = run("history")
    assert re.search(r"^     1  .* jo: Ignored .*  \[withdrawn by jo\]$", past, re.MULTILINE)
    assert re.search(rf"^     4  .*  {version[1]}  jo: asked for  \[went back\]$", past, re.MULTILINE)


def test_a_trust_is_released_to_each_of_its_schools(run: Run) -> None:
    officer = ("--by", "officer", "--why", "asked for")
    run("regrade", AWAY, "1", *officer, school="forest")
    said = run("release", *officer, school="forest")
    assert re.findall(r"^(\w+): release", said, re.MULTILINE) == ["elm", "oak"]
    assert said.count("re-graded [nobody-likes-you] 3 → 1") == 2
    assert "Nothing in it changed." in run("release", *WHO)


def test_what_holds_for_a_group_is_told_apart(run: Run) -> None:
    said = run(*GIRAFFE, *HIT, *WHO, "--group", "year 12")
    assert said.startswith("Change 1. Added en.bullying.purple-giraffe, “purple giraffe”, severity 3 for Year 12.\n")
    run("regrade", AWAY, "2", *WHO)
    assert run("release", *WHO).splitlines()[1:] == [
        "en/bullying",
        "  re-graded [nobody-likes-you] 3 → 2",
        "for Year 12:",
        "  en/bullying",
        "    added [purple-giraffe] “purple giraffe”, severity 3",
    ]
    assert "purple-giraffe, “purple giraffe”, severity 3 for Year 12. asked for" in run("history")


def test_a_change_with_a_second_person_counts_once_that_person_proved_who_they_are(
    run: Run, refused: Run, config: Path
) -> None:
    said = run("ignore", AWAY, *WHO, "--second", "kim")
    command = f"gatehouse lists agree 1 --by kim --school oak --config {config}"
    assert said.endswith(f"It waits for kim, who agrees with: {command}\n")
    released = run("release", *WHO)
    assert "Nothing in it changed.\nChange 1 waits for kim to agree, and is not in it." in released
    assert "login and password do not belong together" in refused("agree", "1", "--by", "kim", password="not hers")
    assert "change 1 waits for kim, not for jo" in refused("agree", "1", "--by", "jo")
    assert "Nothing in it changed." in run("release", *WHO)
    assert run("agree", "1", "--by", "KIM").startswith("Change 1 is agreed to.\n")
    assert "removed [nobody-likes-you]" in run("release", *WHO)
    assert run("withdraw", "1", *WHO, "--second", "kim").startswith("Change 1 is to be withdrawn.\nIt waits for kim")
    assert run("agree", "1", "--by", "kim").startswith("Change 1 is withdrawn.\n")


def test_whoever_was_given_a_password_chooses_their_own_before_they_agree(
    run: Run, refused: Run, sessions: sessionmaker[Session]
) -> None:
    run("ignore", AWAY, *WHO, "--second", "kim")
    with sessions.begin() as session:
        kim = session.scalars(select(Reviewer).where(Reviewer.login == "kim")).one()
        kim.must_change_password = True
    assert "kim must sign in to the console and change it" in refused("agree", "1", "--by", "kim")


def test_before_anything_was_done_the_history_says_so(run: Run) -> None:
    assert run("history") == "Changes\n  none yet\n\nReleases\n  none yet\n"


@pytest.mark.parametrize(
    ("arguments", "school", "reason"),
    [
        (("ignore", "en.bullying.none", *WHO), "oak", "there is no such phrase"),
        ((*GIRAFFE, "--hit", "a green one", *WHO), "oak", "is not found in its own hit"),
        (("add", "دفع ہو", *GIRAFFE[2:], "--hit", "دفع ہو", *WHO), "oak", "give the phrase one with --name"),
        (("withdraw", "7", *WHO), "oak", "oak has no change 7 that counts"),
        (("rollback", "0" * 12, *WHO), "oak", "oak never had a library 000000000000"),
        (("rollback", "0" * 12, "--by", "officer", "--why", "x"), "forest", "forest is a trust; name the school"),
        (("release", *WHO), "ash", "there is no school 'ash'"),
        (("ignore", AWAY, "--expires", "tomorrow", *WHO), "oak", "'tomorrow' is not a day such as 2026-05-03"),
        (("ignore", AWAY, "--by", "jo"), "oak", "the following arguments are required: --why"),
        (("ignore", AWAY, "--by", "jo bell", "--why", "x"), "oak", "there is no reviewer jo bell"),
        (("ignore", AWAY, "--by", "max", "--why", "x"), "oak", "max may not change the phrases of oak; its DSL"),
        (("release", *WHO), "forest", "jo may not change the phrases of forest"),
        (("ignore", AWAY, *WHO, "--second", "nobody"), "oak", "there is no reviewer nobody"),
        (("ignore", AWAY, *WHO, "--second", "JO"), "oak", "second: must be another person than the first"),
        (("ignore", AWAY, *WHO, "--group", "Year 20"), "oak", "there is no group 'Year 20'; a group is staff"),
        (("agree", "1", "--by", "jo"), "oak", "oak has no change 1 that waits for anybody"),
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
