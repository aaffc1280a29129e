"""Files of the system: nothing of anybody else's is lost, and what was there before comes back."""

import dataclasses
from pathlib import Path

import pytest

from appliance.provisioning import text_file
from appliance.provisioning.machine import MachineError
from appliance.provisioning.plan import Site
from appliance.provisioning.text_file import CopiedFile, TextFile

PATH = "/etc/systemd/journald.conf.d/gatehouse.conf"
FILE = TextFile(path=PATH, text="[Journal]\nStorage=persistent\n", mode=0o640)


def undo(site: Site) -> None:
    text_file.undo(site, FILE.key, site.ledger.facts(FILE.key))


def test_it_is_written_with_its_rights_and_then_it_is_so(site: Site) -> None:
    assert FILE.lacks(site).splitlines()[:2] == [f"write {PATH} (root:root 0640)", "  @@ -0,0 +1,2 @@"]
    FILE.do(site)
    assert site.machine.at(PATH).read_text() == FILE.text
    assert FILE.lacks(site) == ""
    site.machine.at(PATH).chmod(0o644)
    assert FILE.lacks(site) == f"root:root 0640 for {PATH}"
    FILE.do(site)
    assert FILE.lacks(site) == ""


def test_a_change_of_ours_is_shown_and_keeps_no_copy(site: Site) -> None:
    FILE.do(site)
    changed = dataclasses.replace(FILE, text="[Journal]\nStorage=volatile\n")
    assert "  -Storage=persistent\n  +Storage=volatile" in changed.lacks(site)
    assert "by hand" not in changed.lacks(site)
    changed.do(site)
    assert [each.name for each in site.machine.at(PATH).parent.iterdir()] == ["gatehouse.conf"]


def test_what_was_edited_by_hand_is_said_and_kept(site: Site) -> None:
    FILE.do(site)
    site.machine.at(PATH).write_text("by hand\n")
    assert f"{PATH} was edited by hand; a copy of it is kept beside it" in FILE.lacks(site)
    FILE.do(site)
    copies = [each for each in site.machine.at(PATH).parent.iterdir() if ".edited-" in each.name]
    assert [each.read_text() for each in copies] == ["by hand\n"]
    assert FILE.lacks(site) == ""


def test_what_our_own_programs_changed_in_it_is_not_taken_for_edited(site: Site) -> None:
    file = dataclasses.replace(FILE, text='state = "/s"\nnames_only = ["10.4.0.0/16"]\n', followed="names_only")
    file.do(site)
    site.machine.at(PATH).write_text('state = "/s"\nnames_only = []\n')
    changed = dataclasses.replace(file, text='state = "/t"\nnames_only = []\n')
    assert "by hand" not in changed.lacks(site)
    changed.do(site)
    site.machine.at(PATH).write_text('state = "/t"\nnames_only = ["10.4.0.0/16"]\n')
    undo(site)
    assert not site.machine.at(PATH).parent.exists()
    file.do(site)
    site.machine.at(PATH).write_text('state = "/mine"\nnames_only = []\n')
    assert "was edited by hand" in file.lacks(site)


def test_a_run_killed_before_the_file_was_there_takes_nothing_for_edited(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    FILE.do(site)
    changed = dataclasses.replace(FILE, text="new\n")

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(text_file, "place", killed)
        with pytest.raises(KeyboardInterrupt):
            changed.do(site)
    assert "by hand" not in changed.lacks(site)
    changed.do(site)
    assert changed.lacks(site) == ""


def test_what_was_there_before_us_comes_back(site: Site) -> None:
    file = site.machine.at(PATH)
    file.parent.mkdir(parents=True)
    file.write_text("theirs\n")
    file.chmod(0o600)
    assert "was there before" in FILE.lacks(site)
    FILE.do(site)
    undo(site)
    assert file.read_text() == "theirs\n"
    assert file.stat().st_mode & 0o7777 == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_it_goes_with_the_folders_made_for_it(site: Site) -> None:
    FILE.do(site)
    undo(site)
    assert sorted(each.name for each in site.machine.at("/etc").iterdir()) == ["group", "passwd"]
    undo(site)


def test_an_edited_one_stays_under_another_name(site: Site, said: list[str]) -> None:
    FILE.do(site)
    site.machine.at(PATH).write_text("by hand\n")
    undo(site)
    assert not site.machine.at(PATH).exists()
    assert Path(f"{site.machine.at(PATH)}.edited").read_text() == "by hand\n"
    assert "edited by hand" in said[-1]


def test_one_of_the_same_words_that_is_not_ours_is_not_taken_away(site: Site) -> None:
    file = site.machine.at(PATH)
    file.parent.mkdir(parents=True)
    file.write_text(FILE.text)
    file.chmod(0o640)
    assert FILE.lacks(site) == ""
    assert FILE.key not in site.ledger


def test_a_secret_is_not_shown(site: Site) -> None:
    assert "Storage" not in dataclasses.replace(FILE, secret=True).lacks(site)


def test_a_copy_follows_what_it_is_a_copy_of(site: Site) -> None:
    copied = CopiedFile(path="/etc/gatehouse/appliance.pub", source="/var/lib/gatehouse/appliance.pub")
    assert copied.lacks(site) == "write /etc/gatehouse/appliance.pub, a copy of /var/lib/gatehouse/appliance.pub"
    source = site.machine.at(copied.source)
    source.parent.mkdir(parents=True)
    source.write_bytes(b"\xbf\x00key")
    copied.do(site)
    assert site.machine.at(copied.path).read_bytes() == b"\xbf\x00key"
    assert copied.lacks(site) == ""


def test_a_file_is_not_given_to_somebody_who_is_not_there(site: Site) -> None:
    with pytest.raises(MachineError, match="there is no user nobody-here"):
        dataclasses.replace(FILE, owner="nobody-here").do(site)
