from tests.proxy_addons.bypass_commands.conftest import ADD


def test_all_lists_are_shown_the_nearest_first(gatehouse):
    gatehouse("add", "a.example", *ADD)
    said = gatehouse("list")[1]
    at = [said.index(f"{layer}: ") for layer in ("own", "school", "trust", "shipped")]
    assert at == sorted(at)
    assert "closed, helpline: Who looks for help" in said
    assert "Source: Health is special category data" in said


def test_what_has_run_out_is_marked(gatehouse):
    gatehouse("add", "a.example", *ADD, "--until", "2027-01-11")
    assert "a.example (has run out)" in gatehouse("list", "--layer", "school")[1]


def test_a_host_is_checked_against_what_could_be_added(gatehouse):
    said = gatehouse("check", "www.nhs.uk", "discord.com", "app.example", "co.uk")[1].splitlines()
    assert "left closed by the list called shipped, entry nhs.uk (health)" in said[0]
    assert "would be refused: discord.com: it is Discord" in said[1]
    assert "It could be added" in said[2]
    assert "anybody may have a name" in said[3]
