from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

pytest.importorskip("tuf")

from appliance.commands import update
from appliance.updates import update as updating
from appliance.updates.progress import Progress, UnderWay
from tests.appliance.updates.conftest import Publisher, publisher

__all__ = ["publisher"]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, publisher: Publisher, capsys: pytest.CaptureFixture[str]) -> Run:
    config = tmp_path / "update.toml"
    rows = {"source": publisher.url, "root": publisher.root, "state": tmp_path / "state", "program": tmp_path / "opt"}
    config.write_text("".join(f'{key} = "{value}"\n' for key, value in rows.items()))

    def call(*act: str) -> tuple[int, str, str]:
        status = update.main([*act, "--config", str(config)])
        return status, *capsys.readouterr()

    return call


def test_a_newer_release_is_named_with_what_is_new(run: Run, publisher: Publisher, tmp_path: Path) -> None:
    offer = publisher.new().release("first")
    assert run("check") == (1, f"Release {offer.version} is there; none runs.\nNow with first.\n", "")
    (tmp_path / "opt" / "releases" / offer.version).mkdir(parents=True)
    (tmp_path / "opt" / "current").symlink_to(tmp_path / "opt" / "releases" / offer.version)
    assert run("check") == (0, f"Release {offer.version} runs, and is the newest.\n", "")


def test_what_goes_wrong_is_one_line(run: Run, publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    publisher.new().release("first")
    monkeypatch.setattr(updating, "PYTHON", "/bin/false")
    status, _, said = run("apply")
    assert (status, said.count("\n")) == (2, 1)
    assert "could not be installed" in said
    status, _, said = run("back")
    nowhere = "there is no other release on this machine to go back to that the box was well with"
    assert (status, said) == (2, f"gatehouse update: {nowhere}\n")


def test_a_release_that_was_taken_back_is_not_tried_again_unattended(
    run: Run, publisher: Publisher, tmp_path: Path
) -> None:
    offer = publisher.new().release("first")
    Progress(tmp_path / "state").took_back(offer.version)
    status, said, _ = run("apply", "--unattended")
    assert (status, "taken back before" in said) == (1, True)


def test_what_was_cut_short_comes_first(run: Run, publisher: Publisher, tmp_path: Path) -> None:
    offer = publisher.new().release("first")
    (tmp_path / "opt" / "releases" / offer.version).mkdir(parents=True)
    (tmp_path / "opt" / "current").symlink_to(tmp_path / "opt" / "releases" / offer.version)
    Progress(tmp_path / "state").begin(UnderWay("", offer.version, datetime.now(UTC)))
    status, said, complaint = run("check")
    assert (status, "it is finished now" in said) == (2, True)
    assert "does not run here: it could not be installed" in complaint
    assert run("check")[0] == 0, "it was tried"


def test_two_do_not_work_at_once(run: Run, publisher: Publisher, tmp_path: Path) -> None:
    publisher.new()
    with Progress(tmp_path / "state").alone():
        assert run("check") == (
            2,
            "",
            "gatehouse update: another gatehouse update is at work; wait until it has ended\n",
        )
