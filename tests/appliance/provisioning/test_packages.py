"""Debian's packages: only what is missing, and away again only what came with us."""

from appliance.provisioning import packages
from appliance.provisioning.packages import NEEDED, Packages
from appliance.provisioning.plan import Site


def has(site: Site, *names: str) -> None:
    site.machine.answers["dpkg-query"] = "".join(f"ii \t{name}\n" for name in names)  # type: ignore[attr-defined]


def asked(site: Site, start: str) -> list[str]:
    return [line for line in site.machine.asked if line.startswith(start)]  # type: ignore[attr-defined]


def test_what_is_missing_is_named_and_nothing_else(site: Site) -> None:
    has(site, *NEEDED[1:])
    assert Packages().lacks(site) == f"install {NEEDED[0]}"
    has(site, *NEEDED)
    assert Packages().lacks(site) == ""


def test_a_package_half_installed_is_missing(site: Site) -> None:
    site.machine.answers["dpkg-query"] = "iU \tnftables\n"  # type: ignore[attr-defined]
    assert "nftables" in Packages().lacks(site)


def test_another_keeper_of_time_is_left_its_work(site: Site) -> None:
    has(site, "chrony", *(name for name in NEEDED if name != "systemd-timesyncd"))
    assert Packages().lacks(site) == ""


def test_no_compiler_comes_to_the_box() -> None:
    assert not {"gcc", "build-essential", "python3-dev", "cargo", "make"} & set(NEEDED)


def test_they_come_without_what_they_only_recommend(site: Site) -> None:
    has(site, "bash")
    Packages(("nftables",)).do(site)
    (line,) = asked(site, "apt-get install")
    assert "--no-install-recommends" in line
    assert line.endswith("nftables")


def test_what_came_with_a_run_that_was_killed_goes_as_well(site: Site) -> None:
    step = Packages(("nftables",))
    has(site, "bash")
    site.ledger.note(step.key, before=["bash"], unfinished=True)
    has(site, "bash", "libnftables1", "nftables")
    packages.undo(site, step.key, site.ledger.facts(step.key))
    assert asked(site, "apt-get purge") == ["apt-get purge -y -qq libnftables1 nftables"]


def test_what_others_need_by_now_stays(site: Site, said: list[str]) -> None:
    step = Packages(("nftables",))
    site.ledger.note(step.key, came=["nftables"])
    has(site, "bash", "nftables", "firewalld")
    site.machine.answers["apt-get --simulate"] = "Purg firewalld [1]\nPurg nftables [1]\n"  # type: ignore[attr-defined]
    packages.undo(site, step.key, site.ledger.facts(step.key))
    assert asked(site, "apt-get purge") == []
    assert "firewalld" in said[-1]
