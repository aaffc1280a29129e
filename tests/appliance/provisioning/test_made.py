"""Keys: made once, never a second time."""

from pathlib import Path

import pytest

from appliance.provisioning import made
from appliance.provisioning.machine import MachineError
from appliance.provisioning.made import Made, Secret
from appliance.provisioning.plan import Site

PAIR = Made(files=("/keys/appliance.key", "/keys/appliance.pub"), command=("keys", "new", "/keys"), user="gatehouse")


def keys(site: Site, *names: str) -> list[Path]:
    site.machine.at("/keys").mkdir(exist_ok=True)
    for name in names:
        (site.machine.at("/keys") / name).write_text(name)
    return [site.machine.at("/keys") / name for name in names]


def test_our_own_command_makes_them_as_their_user(site: Site) -> None:
    keys(site)
    assert PAIR.lacks(site) == "make /keys/appliance.key, /keys/appliance.pub (gatehouse keys)"
    PAIR.do(site)
    assert site.machine.asked == [f"gatehouse: {made.PROGRAM} keys new /keys"]  # type: ignore[attr-defined]


def test_what_is_there_is_kept(site: Site) -> None:
    keys(site, "appliance.key", "appliance.pub")
    assert PAIR.lacks(site) == ""


def test_a_public_half_alone_is_left_over_from_a_killed_run(site: Site) -> None:
    (public,) = keys(site, "appliance.pub")
    PAIR.do(site)
    assert not public.exists()


def test_a_key_is_never_made_anew_because_its_public_half_is_lost(site: Site) -> None:
    (private,) = keys(site, "appliance.key")
    with pytest.raises(MachineError, match=r"appliance\.pub: lost"):
        PAIR.do(site)
    assert private.exists()


def test_a_secret_is_long_private_and_stays(site: Site) -> None:
    keys(site)
    secret = Secret(file="/keys/console.secret", user="gatehouse")
    secret.do(site)
    file = site.machine.at(secret.file)
    assert len(file.read_bytes()) > 32
    assert file.stat().st_mode & 0o7777 == 0o600
    assert secret.lacks(site) == ""
    made.undo(site, secret.key, site.ledger.facts(secret.key))
    assert secret.lacks(site) == f"make {secret.file}"
