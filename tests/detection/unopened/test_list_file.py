from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detection.settings import SettingsError
from detection.unopened.entry import Entry
from detection.unopened.list_file import SHIPPED, load, written

GOOD = 'reason = "union"\nwhy = "Staff matters."\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nonsense", "is not TOML"),
        ("group = 3", r"\[\[group\]\]"),
        ("[other]\nx = 1", "other: unknown"),
        ('[[group]]\nreason = "x"\ndomains = ["a.example"]', "group 1: why is required"),
        (f"[[group]]\n{GOOD}", "group 1: domains must be a list"),
        (f"[[group]]\n{GOOD}domains = []", "domains must be a list"),
        (f"[[group]]\n{GOOD}domains = ['*.a.example']", "write a.example"),
        (f"[[group]]\n{GOOD}domains = ['a.example', 'A.example.']", "twice"),
        (f"[[group]]\n{GOOD}domains = ['a.example']\nuntil = 'soon'", "until must be a day"),
        (f"[[group]]\n{GOOD}domains = ['a.example']\nopened = 'yes'", "true or false"),
        (f"[[group]]\n{GOOD}domains = ['a.example']\nreasn = 'x'", "reasn: unknown"),
        (
            f"[[group]]\n{GOOD}domains = ['a.example']\n[[group]]\nreason = 3\nwhy = 'x'\ndomains = ['b.example']",
            "group 2",
        ),
    ],
)
def test_a_list_that_cannot_be_used_says_which_group_and_how(tmp_path, text, said):
    (tmp_path / "school.toml").write_text(text)
    with pytest.raises(SettingsError, match=said) as caught:
        load(tmp_path / "school.toml")
    assert "school.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
DAYS = st.none() | st.dates(date(2020, 1, 1), date(2040, 1, 1))
ENTRIES = st.lists(
    st.builds(
        Entry,
        domain=st.from_regex(r"[a-z]{1,30}\.example", fullmatch=True),
        reason=st.sampled_from(["bank", "union"]),
        why=TEXTS.filter(str.strip),
        source=TEXTS,
        opened=st.booleans(),
        by=TEXTS,
        at=DAYS,
        until=DAYS,
    ),
    unique_by=lambda entry: entry.domain,
)


@settings(deadline=None)
@given(ENTRIES)
def test_what_is_written_is_read_again(tmp_path_factory, entries):
    file = tmp_path_factory.mktemp("list") / "school.toml"
    file.write_text(written(entries, "What the school leaves closed."), "utf-8")
    assert set(load(file)) == set(entries)


def test_the_shipped_list_is_written_as_it_is_read(tmp_path):
    again = tmp_path / "again.toml"
    again.write_text(written(load(SHIPPED)), "utf-8")
    assert set(load(again)) == set(load(SHIPPED))
    assert max(map(len, again.read_text("utf-8").splitlines())) < 250
