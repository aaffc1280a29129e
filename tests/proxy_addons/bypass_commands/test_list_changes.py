import json

import pytest

from tests.proxy_addons.bypass_commands.conftest import ADD, WHY


def test_a_host_is_added_shown_and_taken_off_again_and_each_is_written_down(gatehouse, tmp_path):
    status, said, _ = gatehouse("add", "CreditUnion.example.", *ADD, "--until", "2027-07-31", "--source", "Its page.")
    assert status == 0
    assert "creditunion.example is left closed until 2027-07-31" in said
    shown = gatehouse("list", "--layer", "school")[1]
    for word in (
        "creditunion.example",
        "Our staff's credit union.",
        "Its page.",
        "m.hughes",
        "2027-01-12",
        "2027-07-31",
    ):
        assert word in shown
    assert "left closed by the list called school" in gatehouse("check", "www.creditunion.example")[1]
    assert gatehouse("remove", "creditunion.example", *WHY)[0] == 0
    assert "opened; no list says anything" in gatehouse("check", "creditunion.example")[1]
    log = [json.loads(line) for line in (tmp_path / "lists" / "changes.log").read_text().splitlines()]
    assert [(each["act"], each["by"], each["hosts"]) for each in log] == [
        ("close", "m.hughes", ["creditunion.example"]),
        ("remove", "m.hughes", ["creditunion.example"]),
    ]


@pytest.mark.parametrize(
    ("host", "said"),
    [
        ("co.uk", "anybody may have a name below it"),
        ("github.io", "anybody may have a name below it"),
        ("com", "far too much"),
        ("192.0.2.7", "an address names nobody"),
        ("192.0.2.*", "no host name"),
        ("*.bank.example", "write bank.example"),
        ("www.google.com", "it is Google"),
        ("discord.com", "it is Discord"),
        ("chatgpt.com", "it is ChatGPT"),
        ("microsoft.com", "takes copilot.microsoft.com"),
    ],
)
def test_a_host_that_will_not_do_is_refused_in_one_line(gatehouse, tmp_path, host, said):
    status, printed, complaint = gatehouse("add", host, *ADD)
    assert (status, printed) == (2, "")
    assert said in complaint
    assert complaint.startswith("gatehouse bypass: ")
    assert complaint.count("\n") == 1
    assert not (tmp_path / "lists" / "school.toml").exists()


def test_who_means_it_adds_a_chat(gatehouse):
    assert gatehouse("add", "discord.com", *ADD, "--even-so")[0] == 0
    assert gatehouse("add", "co.uk", *ADD, "--even-so")[0] == 2


def test_what_gatehouse_leaves_closed_is_opened_by_the_school_but_for_what_is_sealed(gatehouse):
    assert gatehouse("add", "qualifications.pearson.com", *ADD, "--opened")[0] == 0
    assert "opened by the list called school" in gatehouse("check", "qualifications.pearson.com")[1]
    for host in ("www.childline.org.uk", "nhs.uk", "www.hsbc.co.uk"):
        status, _, said = gatehouse("add", host, *ADD, "--opened")
        assert (status, "no list opens" in said) == (2, True)


def test_what_stands_on_another_list_cannot_be_removed_from_this_one(gatehouse):
    status, _, said = gatehouse("remove", "www.aqa.org.uk", *WHY)
    assert status == 2
    assert "aqa.org.uk stands on the list called shipped: gatehouse bypass add www.aqa.org.uk --opened" in said
    assert "stands not on the trust's list" in gatehouse("remove", "a.example", "--layer", "trust", *WHY)[2]


def test_a_list_goes_out_and_into_another_school_and_shows_what_is_different(gatehouse, tmp_path):
    gatehouse("add", "a.example", "b.example", *ADD)
    out = tmp_path / "out.toml"
    assert gatehouse("export", str(out))[1] == f"{out}: 2 hosts\n"
    gatehouse("remove", "a.example", *WHY)
    gatehouse("add", "c.example", *ADD)
    dry = gatehouse("import", str(out), "--dry-run", "--replace")[1]
    assert dry.splitlines() == ["+ a.example (closed: bank)", "- c.example (closed: bank)", "Nothing was changed."]
    assert "no list says" in gatehouse("check", "a.example")[1]
    assert "say --why" in gatehouse("import", str(out))[2]
    gatehouse("import", str(out), *WHY)
    assert gatehouse("import", str(out), *WHY)[1] == "Nothing is different.\n"
    assert [("closed by" in gatehouse("check", f"{x}.example")[1]) for x in "abc"] == [True] * 3
    gatehouse("import", str(out), "--replace", *WHY)
    assert [("closed by" in gatehouse("check", f"{x}.example")[1]) for x in "abc"] == [True, True, False]


def test_a_list_with_hosts_that_will_not_do_is_refused_whole(gatehouse, tmp_path):
    bad = tmp_path / "bad.toml"
    bad.write_text('[[group]]\nreason = "x"\nwhy = "y"\ndomains = ["a.example", "co.uk", "tiktok.com"]\n')
    status, _, said = gatehouse("import", str(bad), *WHY)
    assert status == 2
    assert ["co.uk" in said, "tiktok.com: it is TikTok" in said, "2 of its hosts will not do" in said] == [True] * 3
    assert not (tmp_path / "lists" / "school.toml").exists()
    opened = tmp_path / "opened.toml"
    opened.write_text('[[group]]\nreason = "x"\nwhy = "y"\nopened = true\ndomains = ["samaritans.org"]\n')
    assert "no list opens" in gatehouse("import", str(opened), *WHY)[2]


def test_the_shipped_list_is_exported_too(gatehouse):
    assert "nhs.uk" in gatehouse("export", "-", "--layer", "shipped")[1]
