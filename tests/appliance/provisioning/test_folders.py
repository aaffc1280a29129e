"""Folders: made with their rights, and gone with all that came into them."""

import dataclasses

from appliance.provisioning import folders
from appliance.provisioning.folders import Folder
from appliance.provisioning.plan import Site

VAULT = Folder(path="/var/lib/gatehouse/vault", owner="gatehouse", group="gatehouse", mode=0o700, data=True)


def test_it_is_made_and_then_it_is_so(site: Site) -> None:
    assert VAULT.lacks(site) == "make folder /var/lib/gatehouse/vault (gatehouse:gatehouse 0700)"
    VAULT.do(site)
    assert VAULT.lacks(site) == ""
    assert site.machine.at(VAULT.path).stat().st_mode & 0o7777 == 0o700
    assert site.machine.at("/var/lib").stat().st_mode & 0o7777 == 0o755


def test_other_rights_are_put_right(site: Site) -> None:
    VAULT.do(site)
    site.machine.at(VAULT.path).chmod(0o755)
    assert VAULT.lacks(site) == "gatehouse:gatehouse 0700 for folder /var/lib/gatehouse/vault"
    VAULT.do(site)
    assert VAULT.lacks(site) == ""


def test_it_goes_with_what_programs_put_into_it(site: Site) -> None:
    VAULT.do(site)
    (site.machine.at(VAULT.path) / "evidence").write_text("…")
    folders.undo(site, VAULT.key, site.ledger.facts(VAULT.key))
    assert not site.machine.at("/var/lib/gatehouse").exists()
    folders.undo(site, VAULT.key, site.ledger.facts(VAULT.key))


def test_a_folder_above_that_others_use_stays(site: Site) -> None:
    VAULT.do(site)
    site.machine.at("/var/lib/theirs").mkdir()
    folders.undo(site, VAULT.key, site.ledger.facts(VAULT.key))
    assert site.machine.at("/var/lib/theirs").is_dir()
    assert not site.machine.at("/var/lib/gatehouse").exists()


def test_one_that_was_there_before_is_not_ours_to_remove(site: Site) -> None:
    site.machine.at(VAULT.path).mkdir(parents=True)
    VAULT.do(site)
    assert VAULT.key not in site.ledger
    assert dataclasses.replace(VAULT, mode=0o700).lacks(site) == ""
