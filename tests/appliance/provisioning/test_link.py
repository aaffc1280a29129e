"""Links, swapped in one step."""

import pytest

from appliance.provisioning import link
from appliance.provisioning.link import Link
from appliance.provisioning.plan import Site

CURRENT = "/opt/gatehouse/current"


def test_it_leads_to_the_newest_and_goes(site: Site) -> None:
    for target in ("/opt/gatehouse/releases/1", "/opt/gatehouse/releases/2"):
        step = Link(CURRENT, target)
        assert step.lacks(site) == f"link {CURRENT} to {target}"
        step.do(site)
        assert step.lacks(site) == ""
    link.undo(site, step.key, site.ledger.facts(step.key))
    assert not site.machine.at("/opt").exists()


def test_a_file_in_its_place_is_not_thrown_away(site: Site) -> None:
    site.machine.at("/usr/local/bin").mkdir(parents=True)
    site.machine.at("/usr/local/bin/gatehouse").write_text("somebody's")
    with pytest.raises(FileExistsError, match="no link of ours"):
        Link("/usr/local/bin/gatehouse", "/opt").do(site)
