import shutil
import subprocess
import sys
from datetime import UTC, datetime

import pytest

pytest.importorskip("tuf")

from appliance.updates.progress import Progress, UnderWay
from appliance.updates.releases import Releases
from appliance.updates.source import Source, UpdateError
from appliance.updates.update import Update, provision
from tests.appliance.deadline import eventually
from tests.appliance.updates.conftest import program


class Box:
    """What provisioning does to a machine, as far as releases go: a folder each, and the link."""

    def __init__(self, folder):
        self.folder, self.ill_with, self.refuses, self.said = folder, set(), False, []

    def install(self, folder, wheels):
        if self.refuses:
            raise UpdateError("it could not be installed: the disk is full")
        from appliance.provisioning.release import version_of

        version = version_of(folder)
        there = self.folder / "releases" / version
        if not there.exists():
            shutil.copytree(folder, there)
        draft = self.folder / ".current"
        draft.symlink_to(there)
        draft.replace(self.folder / "current")

    def well(self, since):
        return "the gateway has not been heard of" if Releases(self.folder).current in self.ill_with else ""


@pytest.fixture
def box(tmp_path):
    return Box(tmp_path / "opt")


@pytest.fixture
def update(publisher, settings, box, tmp_path):
    def made():
        return Update(
            source=Source(settings()),
            releases=Releases(box.folder),
            scratch=tmp_path / "state" / "unpacked",
            progress=Progress(tmp_path / "state"),
            install=box.install,
            well=box.well,
            say=box.said.append,
        )

    return made


def test_a_newer_release_is_installed_beside_the_one_that_runs(publisher, update, box, tmp_path):
    publisher.new()
    for words in ("first", "second"):
        offer = publisher.release(words)
        made = update()
        made.apply(made.source.offer())
        assert Releases(box.folder).current == offer.version
        assert (box.folder / "current" / "LICENSE").read_text() == words
    assert len(list((box.folder / "releases").iterdir())) == 2
    assert not list((tmp_path / "state" / "unpacked").iterdir())


def test_one_with_which_the_box_is_not_well_is_taken_back(publisher, update, box):
    first = publisher.new().release("first")
    _apply(update)
    box.ill_with.add(publisher.release("second").version)
    with pytest.raises(UpdateError, match="was taken back: the gateway has not been heard of"):
        _apply(update)
    assert Releases(box.folder).current == first.version
    assert "Going back to" in box.said[0]


def _apply(update):
    made = update()
    made.apply(made.source.offer())


def test_one_that_cannot_be_installed_changes_nothing(publisher, update, box):
    first = publisher.new().release("first")
    _apply(update)
    second = publisher.release("second")
    box.refuses = True
    with pytest.raises(UpdateError, match="the disk is full"):
        _apply(update)
    assert Releases(box.folder).current == first.version
    assert not update().progress.was_taken_back(second.version), "it may do another time"


def test_one_whose_programs_do_not_start_is_taken_back_for_good(publisher, update, box, monkeypatch):
    first = publisher.new().release("first")
    _apply(update)
    second, real = publisher.release("second"), box.install

    def install(folder, wheels):
        real(folder, wheels)
        if Releases(box.folder).current == second.version:
            raise UpdateError("it could not be installed: gatehouse-console.service failed")

    monkeypatch.setattr(box, "install", install)
    with pytest.raises(UpdateError, match=r"taken back: it could not be installed: gatehouse-console"):
        _apply(update)
    assert Releases(box.folder).current == first.version
    assert update().progress.was_taken_back(second.version)


def test_one_that_is_not_the_release_it_says_is_not_installed(publisher, update, box):
    from appliance.updates.archive import pack
    from appliance.updates.offer import of_version

    publisher.new()
    other = publisher.work / "other.tar.gz"
    pack(program(publisher.work / "other", "other"), None, other)
    publisher.repository.publish(of_version("1.0-said"), other, datetime.now(UTC))
    with pytest.raises(UpdateError, match=r"holds release 1\.0-.* and not 1\.0-said"):
        _apply(update)
    assert Releases(box.folder).current == ""


def test_one_may_go_back_by_hand(publisher, update, box):
    first = publisher.new().release("first")
    _apply(update)
    with pytest.raises(UpdateError, match="no other release"):
        update().back()
    publisher.release("second")
    _apply(update)
    assert update().back() == first.version
    assert Releases(box.folder).current == first.version


def test_nobody_goes_back_to_one_with_which_the_box_was_not_well(publisher, update, box):
    first = publisher.new().release("first")
    _apply(update)
    publisher.release("second")
    _apply(update)
    box.ill_with.add(publisher.release("third").version)
    with pytest.raises(UpdateError, match="was taken back"):
        _apply(update)
    assert update().back() == first.version


class Killed(BaseException):
    """What nothing of ours catches."""


def _killed(update, box, monkeypatch, at):
    """While the newest is applied: before or after the link was moved, or while it was taken back."""
    real = box.install

    def install(folder, wheels):
        if at != "before the link":
            real(folder, wheels)
        if at != "going back" or "unpacked" not in str(folder):
            raise Killed

    with monkeypatch.context() as changed:
        changed.setattr(box, "install", install)
        with pytest.raises(Killed):
            _apply(update)


@pytest.mark.parametrize("ill", [False, True])
def test_one_whose_run_was_killed_before_anybody_asked_whether_it_is_well(publisher, update, box, monkeypatch, ill):
    first = publisher.new().release("first")
    _apply(update)
    second = publisher.release("second")
    _killed(update, box, monkeypatch, "after the link")
    assert Releases(box.folder).current == second.version, "it runs, and nobody has looked"
    if ill:
        box.ill_with.add(second.version)
        with pytest.raises(UpdateError, match="was taken back: the gateway has not been heard of"):
            update().resume()
    else:
        update().resume()
    assert Releases(box.folder).current == (first if ill else second).version
    assert update().progress.under_way() is None
    assert "was cut short; it is finished now" in box.said[0]
    assert update().progress.was_taken_back(second.version) == ill


@pytest.mark.parametrize("at", ["before the link", "going back"])
def test_what_runs_as_before_is_provisioned_whole_again(publisher, update, box, monkeypatch, at):
    """Its link is right, but what follows it may not have been done."""
    first = publisher.new().release("first")
    _apply(update)
    box.ill_with.add(publisher.release("second").version)
    _killed(update, box, monkeypatch, at)
    installed = []
    monkeypatch.setattr(box, "install", lambda folder, wheels: installed.append(folder))
    update().resume()
    assert installed == [box.folder / "releases" / first.version]
    assert Releases(box.folder).current == first.version
    assert update().progress.under_way() is None


def test_a_box_that_somebody_brought_elsewhere_by_hand_is_left_there(publisher, update, box):
    first = publisher.new().release("first")
    _apply(update)
    update().progress.begin(UnderWay("0.1", "0.2", datetime.now(UTC)))
    update().resume()
    assert (Releases(box.folder).current, box.said) == (first.version, [])
    assert update().progress.under_way() is None


def test_a_release_is_installed_by_its_own_provisioning(tmp_path):
    release = program(tmp_path / "release", "words")
    (release / "appliance" / "cli.py").write_text(
        "import sys, pathlib\n"
        "pathlib.Path('asked').write_text(' '.join(sys.argv[1:]))\n"
        "sys.exit('no room') if pathlib.Path('full').exists() else None\n"
    )
    provision(release, release / "wheels")
    assert (release / "asked").read_text() == f"provision --without-account --wheels {release / 'wheels'}"
    (release / "full").touch()
    with pytest.raises(UpdateError, match="could not be installed: no room"):
        provision(release, None)


def test_provisioning_that_outlives_its_caller_keeps_others_out(tmp_path):
    """Whoever began it may be killed: what it had begun is not yet over."""
    release = program(tmp_path / "release", "words")
    (release / "appliance" / "cli.py").write_text(
        "import pathlib, time\n"
        "pathlib.Path('began').touch()\n"
        "while not pathlib.Path('enough').exists(): time.sleep(0.05)\n"
    )
    caller = (
        "import sys, pathlib; from appliance.updates import progress, update\n"
        f"with progress.Progress(pathlib.Path({str(tmp_path)!r})).alone() as held:\n"
        f"    update.provision(pathlib.Path({str(release)!r}), None, held)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", caller])
    eventually((release / "began").exists)
    process.kill()
    process.wait()
    assert not _alone(tmp_path)
    (release / "enough").touch()
    assert eventually(lambda: _alone(tmp_path))


def _alone(folder):
    try:
        with Progress(folder).alone():
            return True
    except ValueError:
        return False
