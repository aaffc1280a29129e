from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detection import helplines
from detection.extract.services import service_at
from detection.settings import SettingsError
from detection.unopened.entry import Entry
from detection.unopened.layers import SEALED, Layer, Layers, load_layers
from detection.unopened.list_file import SHIPPED, load


def entry(domain, *, opened=False, until=None):
    return Entry(domain=domain, reason="payment", why="Money.", opened=opened, until=until)


@pytest.mark.parametrize(
    ("host", "reason"),
    [
        ("childline.org.uk", "helpline"),
        ("www.childline.org.uk", "helpline"),
        ("WWW.Samaritans.ORG.", "helpline"),
        ("111.nhs.uk", "health"),
        ("online.hsbc.co.uk", "bank"),
        ("web.monzo.com", "bank"),
        ("community.monzo.com", None),
        ("myresults.aqa.org.uk", "exam-board"),
        ("hillside.cpoms.net", "school-record"),
        ("www.neu.org.uk", "union"),
        ("17-courier.push.apple.com", "device-service"),
        ("gatehouse.school.test", "own-console"),
        ("notnhs.uk", None),
        ("nhs.uk.example.test", None),
        ("www.icloud.com", None),
        ("p123-mailws.icloud.com", None),
        ("cvws.icloud-content.com", None),
        ("alkalimakersuite-pa.clients6.google.com", None),
        ("www.pearson.com", None),
        ("uk", None),
        ("docs.google.com", None),
        ("", None),
    ],
)
def test_a_listed_domain_stands_for_what_is_below_it_and_nothing_else(host, reason):
    assert load_layers(own=("gatehouse.school.test",)).reason(host) == reason


def test_the_shipped_list_names_each_domain_once_and_says_why_and_on_what_ground():
    entries = load(SHIPPED)
    closed = [e.domain for e in entries if not e.opened]
    assert not [d for d in closed if any(d != other and d.endswith(f".{other}") for other in closed)]
    assert all(e.source for e in entries)
    assert all(any(e.domain.endswith(f".{d}") for d in closed) for e in entries if e.opened)


def test_nothing_shipped_is_a_service_whose_messages_are_read():
    """But for hosts of a device below a service's name, which carry none of its messages."""
    read = {
        e.domain: found.name for e in load(SHIPPED) if not e.opened and (found := service_at(f"https://{e.domain}/"))
    }
    assert set(read.values()) <= {"Google"}
    assert "google.com" not in read


def test_the_nearest_list_decides():
    layers = Layers(
        {
            Layer.SHIPPED: [entry("a.example"), entry("b.example"), entry("c.example")],
            Layer.TRUST: [entry("a.example", opened=True), entry("b.example", opened=True), entry("www.d.example")],
            Layer.SCHOOL: [entry("b.example"), entry("d.example", opened=True)],
        }
    )
    hosts = ("www.a.example", "b.example", "c.example", "www.d.example", "e.example")
    assert [layers.reason(host) for host in hosts] == [None, "payment", "payment", None, None]
    found = [layers.decision(host) for host in hosts]
    assert [f and f.layer for f in found] == ["trust", "school", "shipped", "school", None]


def test_in_one_list_the_longest_name_decides():
    layers = Layers({Layer.SCHOOL: [entry("a.example"), entry("chat.a.example", opened=True)]})
    hosts = ("a.example", "www.a.example", "chat.a.example", "x.chat.a.example")
    assert [layers.reason(host) for host in hosts] == ["payment", "payment", None, None]


def test_what_has_run_out_counts_no_more_and_what_is_behind_it_does():
    days = [date(2027, 7, 31)]
    layers = Layers(
        {Layer.SCHOOL: [entry("a.example", opened=True, until=days[0])], Layer.SHIPPED: [entry("a.example")]},
        today=lambda: days[-1],
    )
    assert layers.reason("a.example") is None
    days.append(date(2027, 8, 1))
    assert layers.reason("a.example") == "payment"


ALONE, SHIPPED_ENTRIES = load_layers(), load(SHIPPED)
LINES = st.sampled_from(sorted(ALONE.domains(SEALED)))


@settings(deadline=None)
@given(LINES, st.booleans())
def test_no_list_opens_a_helpline_a_bank_or_a_doctor_or_calls_it_otherwise(line, opened):
    """The gateway's certificate excludes them, so that who opened one would only break it."""
    near = [entry(line, opened=opened)]
    layers = Layers({Layer.SCHOOL: near, Layer.OWN: near, Layer.SHIPPED: SHIPPED_ENTRIES})
    assert layers.reason(f"www.{line}") == ALONE.reason(line) in SEALED


def test_every_helpline_is_sealed():
    assert helplines.domains() <= load_layers().domains(SEALED)


def test_nothing_is_opened_below_what_is_sealed():
    sealed = load_layers().domains(SEALED)
    assert not [e.domain for e in load(SHIPPED) if e.opened and any(e.domain.endswith(f".{d}") for d in sealed)]


DOMAINS = st.lists(st.sampled_from("abc"), min_size=2, max_size=4).map(".".join)
MAPS = st.dictionaries(st.sampled_from(list(Layer)), st.dictionaries(DOMAINS, st.booleans()))


@settings(deadline=None)
@given(MAPS, DOMAINS)
def test_the_decision_is_the_nearest_and_longest_that_covers_the_host(lists, host):
    layers = Layers({layer: [entry(d, opened=o) for d, o in among.items()] for layer, among in lists.items()})
    covering = [
        (list(Layer).index(layer), -len(d), opened)
        for layer, among in lists.items()
        for d, opened in among.items()
        if f".{host}".endswith(f".{d}")
    ]
    assert layers.reason(host) == (None if not covering or min(covering)[2] else "payment")
    assert all(layers.reason(name) for name in layers.closed())


def test_a_folder_holds_a_list_of_each_layer_and_may_hold_none(tmp_path):
    assert load_layers(tmp_path).reason("www.nhs.uk") == "health"
    (tmp_path / "trust.toml").write_text('[[group]]\nreason = "x"\nwhy = "y"\ndomains = ["a.example"]\n')
    (tmp_path / "school.toml").write_text(
        '[[group]]\nreason = "x"\nwhy = "y"\nopened = true\ndomains = ["aqa.org.uk", "nhs.uk"]\n'
    )
    layers = load_layers(tmp_path)
    assert [layers.reason(host) for host in ("a.example", "www.aqa.org.uk", "www.nhs.uk")] == ["x", None, "health"]
    assert [e.domain for e in layers.entries(Layer.TRUST)] == ["a.example"]


def test_one_file_is_the_schools(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text('[[group]]\nreason = "union"\nwhy = "Staff matters."\ndomains = ["union.test"]\n')
    assert load_layers(own).decision("www.union.test").layer is Layer.SCHOOL


def test_a_file_that_is_not_there_or_of_no_layer_is_said(tmp_path):
    with pytest.raises(SettingsError, match="cannot be read"):
        load_layers(tmp_path / "missing.toml")
    (tmp_path / "scool.toml").write_text("")
    with pytest.raises(SettingsError, match=r"scool\.toml: no such list; here stand school\.toml and trust\.toml"):
        load_layers(tmp_path)


def test_a_domain_is_closed_whole_where_no_list_opens_it_or_anything_below():
    layers = Layers(
        {Layer.SHIPPED: [entry("a.example"), entry("b.example")], Layer.SCHOOL: [entry("x.b.example", opened=True)]}
    )
    assert [layers.closes_all_of(f"{name}.example") for name in ("a", "www.a", "b", "www.b", "x.b", "c")] == [
        True,
        True,
        False,
        True,
        False,
        False,
    ]
