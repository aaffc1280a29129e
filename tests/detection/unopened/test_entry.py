from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detection.unopened.entry import Entry, domain, names

LABELS = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?", fullmatch=True)
HOSTS = (
    st.lists(LABELS, min_size=2, max_size=6).map(".".join).filter(lambda host: not host.rpartition(".")[2].isdigit())
)


@pytest.mark.parametrize(
    ("text", "name"),
    [("NHS.uk.", "nhs.uk"), ("  bank.example ", "bank.example"), ("bücher.example", "xn--bcher-kva.example")],
)
def test_a_domain_is_written_in_one_way(text, name):
    assert domain(text) == name


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("*.bank.example", "write bank.example"),
        ("https://bank.example/login", "without scheme"),
        ("bank.example:443", "without scheme"),
        ("192.0.2.7", "an address names nobody"),
        ("192.0.2.*", "no host name"),
        ("10.0", "no host name"),
        ("uk", "far too much"),
        ("", "far too much"),
        ("a..example", "no host name"),
        ("-a.example", "no host name"),
        (f"{'a' * 64}.example", "no host name"),
    ],
)
def test_what_is_no_domain_is_refused_in_words(text, said):
    with pytest.raises(ValueError, match=said):
        domain(text)


@settings(deadline=None)
@given(HOSTS)
def test_a_host_is_itself_and_lies_below_each_of_its_endings_by_whole_labels(host):
    among = names(host.upper() + ".")
    assert among[0] == host == domain(host)
    assert all(host == name or host.endswith(f".{name}") for name in among)
    assert len(among) == host.count(".") + 1


@settings(deadline=None)
@given(HOSTS, LABELS)
def test_a_name_that_only_ends_alike_is_another(host, more):
    assert host not in names(f"{more}{host}")
    assert host in names(f"{more}.{host}")


def test_an_entry_counts_to_the_end_of_its_last_day():
    entry = Entry(domain="bank.example", reason="bank", why="Money.", until=date(2027, 7, 31))
    assert [entry.counts(date(2027, m, d)) for m, d in ((7, 30), (7, 31), (8, 1))] == [True, True, False]
