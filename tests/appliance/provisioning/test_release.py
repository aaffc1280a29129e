"""Releases: complete or not there, the one before kept."""

import subprocess
from pathlib import Path

import pytest

from appliance.provisioning import release
from appliance.provisioning.environments import Builder
from appliance.provisioning.plan import Site
from appliance.provisioning.release import PARTS, RELEASES, Release, remove_left, version_of


@pytest.fixture
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("source")
    for part in PARTS:
        file = made / part / "__init__.py" if "." not in part and part[0].islower() and "/" not in part else made / part
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("")
    (made / "pyproject.toml").write_text('[project]\nversion = "1.2"\n')
    (made / "scripts" / "gatehouse").chmod(0o700)
    return made


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Environments take minutes; the test of the box builds real ones."""
    folders = list[str]()
    monkeypatch.setattr(Builder, "build", lambda self: folders.append(self.building))
    return folders


def test_it_is_there_as_a_whole_and_readable(site: Site, source: Path, built: list[str]) -> None:
    step = Release("1.2-a", source)
    assert step.lacks(site).startswith(f"install release 1.2-a in {RELEASES}/1.2-a")
    step.do(site)
    folder = site.machine.at(step.folder)
    assert (folder / "scripts" / "gatehouse").stat().st_mode & 0o7777 == 0o755
    assert (folder / "appliance" / "__init__.py").stat().st_mode & 0o7777 == 0o644
    assert built == [f"{RELEASES}/.1.2-a.new"]
    assert step.lacks(site) == ""


def test_a_half_one_is_none(site: Site, source: Path, built: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(_: Builder) -> None:
        raise KeyboardInterrupt

    step = Release("1.2-a", source)
    with monkeypatch.context() as patched:
        patched.setattr(Builder, "build", killed)
        with pytest.raises(KeyboardInterrupt):
            step.do(site)
    assert step.lacks(site)
    step.do(site)
    assert [each.name for each in site.machine.at(RELEASES).iterdir()] == ["1.2-a"]
    release.undo(site, step.key, site.ledger.facts(step.key))
    assert not site.machine.at("/opt").exists()


def test_the_two_before_are_kept_and_no_older(site: Site, source: Path, built: list[str]) -> None:
    for version in ("1", "2", "3", "4"):
        Release(version, source).do(site)
    assert sorted(each.name for each in site.machine.at(RELEASES).iterdir()) == ["2", "3", "4"]


def test_a_changed_file_is_another_release(source: Path) -> None:
    before = version_of(source)
    assert before.startswith("1.2-")
    (source / "console" / "__pycache__").mkdir()
    (source / "console" / "__pycache__" / "app.pyc").write_text("…")
    assert version_of(source) == before
    (source / "console" / "__init__.py").write_text("changed = True\n")
    assert version_of(source) != before


def test_an_installed_one_knows_its_name(tmp_path: Path) -> None:
    assert version_of(tmp_path / "releases" / "1.2-abc") == "1.2-abc"


def test_what_a_killed_run_left_goes_though_its_child_still_writes_there(tmp_path: Path) -> None:
    left = tmp_path / ".1.2.new"
    (left / "old").mkdir(parents=True)
    writes = (
        f"n=0; while [ $n -lt 150 ]; do mkdir -p {left}/lib/$n; touch {left}/lib/$n/file; n=$((n+1)); sleep 0.01; done"
    )
    with subprocess.Popen(["sh", "-c", writes]) as child:
        remove_left(left)
        child.wait()
    assert not left.exists()


def test_where_somebody_goes_on_writing_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="something goes on writing there"):
        remove_left(tmp_path, within=0)
