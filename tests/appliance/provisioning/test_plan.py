"""Plans: once is enough, a dry run touches nothing, what is wanted no longer goes."""

from appliance.provisioning import text_file
from appliance.provisioning.plan import Site, carry_out, take_away
from appliance.provisioning.text_file import TextFile

UNDO = {text_file.KIND: text_file.undo}
ONE, TWO = TextFile(path="/etc/one", text="1\n"), TextFile(path="/etc/two", text="2\n")


def test_a_second_run_changes_nothing(site: Site, said: list[str]) -> None:
    assert carry_out([ONE, TWO], site, UNDO, dry=False) == 2
    said.clear()
    assert carry_out([ONE, TWO], site, UNDO, dry=False) == 0
    assert said == []


def test_a_dry_run_says_all_and_does_nothing(site: Site, said: list[str]) -> None:
    assert carry_out([ONE, TWO], site, UNDO, dry=True) == 2
    assert [line.splitlines()[0] for line in said] == [
        "write /etc/one (root:root 0644)",
        "write /etc/two (root:root 0644)",
    ]
    assert not site.machine.at("/etc/one").exists()
    assert site.ledger.made() == []


def test_what_no_step_wants_any_longer_is_taken_away(site: Site, said: list[str]) -> None:
    carry_out([ONE, TWO], site, UNDO, dry=False)
    assert carry_out([ONE], site, UNDO, dry=False) == 1
    assert said[-1] == "remove file /etc/two"
    assert not site.machine.at("/etc/two").exists()
    assert site.machine.at("/etc/one").exists()


def test_the_last_made_goes_first(site: Site, said: list[str]) -> None:
    carry_out([ONE, TWO], site, UNDO, dry=False)
    said.clear()
    assert take_away(site.ledger.made(), site, UNDO, dry=False) == 2
    assert said == ["remove file /etc/two", "remove file /etc/one"]
    assert site.ledger.made() == []
