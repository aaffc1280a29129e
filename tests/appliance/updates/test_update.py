import shutil
from datetime import UTC, datetime

import pytest

pytest.importorskip("tuf")

from appliance.updates.releases import Releases
from appliance.updates.source import Source, UpdateError
from appliance.updates.update import Update, provision
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
    publisher.release("second")
    box.refuses = True
    with pytest.raises(UpdateError, match="the disk is full"):
        _apply(update)
    assert Releases(box.folder).current == first.version


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
