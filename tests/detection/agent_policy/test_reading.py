"""A policy is read with every check, or refused with the name of what is wrong in it and what would do."""

import json
from datetime import date, datetime, time
from ipaddress import ip_network
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from detection.agent_policy.fields import PolicyError
from detection.agent_policy.notice import Notice
from detection.agent_policy.policy import AWAY, FOLDERS, Place, Policy, Scope
from detection.agent_policy.private_window import PrivateWindow
from detection.agent_policy.reading import read_told, read_written
from detection.library import Category

HOURS = {"days": [1], "from": "08:00", "to": "17:00"}
PLAIN = Policy(notice=Notice(school="Hill School", by="Ms Ames"), time_zone=ZoneInfo("Europe/London"))
TOLD = {"version": "p1", "notice": {"school": "Hill School", "by": "Ms Ames"}}


def test_everything_that_is_said_counts() -> None:
    made = read_written(
        {
            "hours": [HOURS],
            "holidays": [{"from": "2026-12-19", "to": "2027-01-04"}],
            "outside_hours": "off",
            "on_site": {"keep_from": 2, "ocr": True, "earlier_pictures": 3, "deleted": ["suicide"]},
            "networks": [{"addresses": "10.9.0.0/16", "scope": "off"}],
            "private_windows": [{"address": "bank.example"}],
            "groups": {"Year 12": {"off_site": {"watch": False}}},
            "folders": ["Documents", "Desktop/School work"],
            "time_zone": "Europe/Madrid",
        },
        PLAIN,
    )
    assert (made.notice.by, str(made.time_zone), made.outside_hours) == ("Ms Ames", "Europe/Madrid", Place.OFF)
    assert (made.hours[0].begin, made.hours[0].end, made.hours[0].days) == (time(8), time(17), {1})
    assert made.holidays[0].last == date(2027, 1, 4)
    assert made.school.on_site == Scope(
        keep_from=2, ocr=True, earlier_pictures=3, deleted=frozenset({Category.SUICIDE})
    )
    assert made.school.off_site == AWAY
    assert made.networks == ((ip_network("10.9.0.0/16"), Place.OFF),)
    assert made.private_windows == (PrivateWindow(address="bank.example"),)
    assert made.folders == ("Documents", "Desktop/School work")


def test_what_is_not_said_is_as_it_is_where_nobody_says_it_and_in_a_group_as_in_the_school() -> None:
    said = {"on_site": {"keep_from": 2}, "groups": {"Year 12": {"on_site": {"screen": False}}, "Year 7": {}}}
    made = read_written(said, PLAIN)
    assert (made.time_zone, made.folders, made.second_opinion) == (PLAIN.time_zone, FOLDERS, True)
    assert made.groups["Year 12"].on_site == Scope(keep_from=2, screen=False)
    assert made.groups["Year 12"].off_site == AWAY
    assert made.groups["Year 7"] == made.school


@pytest.mark.parametrize(
    ("begin", "end", "noon"), [("00:00", "24:00", True), ("18:00", "24:00", False), ("18:00", "00:00", False)]
)
def test_a_day_ends_at_midnight_however_it_is_written(begin: str, end: str, noon: bool) -> None:
    (hours,) = read_written({"hours": [{"days": [1], "from": begin, "to": end}]}, PLAIN).hours
    monday = date(2026, 3, 2)
    assert hours.hold(_at(monday, 12)) is noon
    assert hours.hold(_at(monday, 23))
    assert not hours.hold(_at(date(2026, 3, 3), 0))


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), ZoneInfo("Europe/London"))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"onsite": {}}, "onsite: is not known here; known: .*on_site"),
        ({"on_site": True}, "on_site: must be a table"),
        ({"on_site": {"camera": True}}, r"on_site\.camera: is not known here"),
        ({"on_site": {"watch": "yes"}}, r"on_site\.watch: must be true or false"),
        ({"off_site": {"keep_from": 0}}, r"off_site\.keep_from: must be a whole number from 1 to 5"),
        ({"off_site": {"keep_from": True}}, r"off_site\.keep_from: must be a whole number"),
        ({"on_site": {"earlier_pictures": 11}}, r"earlier_pictures: must be a whole number from 0 to 10"),
        ({"on_site": {"deleted": ["gossip"]}}, r"on_site\.deleted: 'gossip' is no category; categories are "),
        ({"groups": {"Year 7": {"at_home": {}}}}, r"groups\.Year 7\.at_home: is not known here"),
        ({"notice": {"link": "our page"}}, r"notice\.link: must begin with https:"),
        ({"notice": {"by": ""}}, "by whom devices are watched"),
        ({"notice": {"text": 7}}, r"notice\.text: must be a text"),
        ({"hours": [HOURS | {"days": [0]}]}, r"hours\[0\]\.days: must be numbers from 1 \(Monday\)"),
        ({"hours": [HOURS | {"to": "25:00"}]}, r"hours\[0\]\.to: must be a time such as 08:30"),
        ({"hours": [HOURS | {"from": "17:00"}]}, r"hours\[0\]\.to: ends when it begins"),
        ({"hours": HOURS}, "hours: must be a list"),
        ({"holidays": [{"from": "Christmas", "to": "2027-01-04"}]}, r"holidays\[0\]\.from: must be a day"),
        ({"holidays": [{"from": "2027-01-04", "to": "2026-12-19"}]}, r"holidays\[0\]\.to: must not lie before from"),
        ({"time_zone": "Mars/Olympus"}, "time_zone: 'Mars/Olympus' is no time zone known"),
        ({"outside_hours": "on"}, "outside_hours: must be off-site or off"),
        ({"networks": [{"addresses": "10.9.0.1/16", "scope": "off"}]}, r"networks\[0\]\.addresses: .*10\.9\.0\.0/16"),
        ({"networks": [{"addresses": "10.9.0.0/16", "scope": "on"}]}, r"networks\[0\]\.scope: must be off or"),
        ({"networks": [{"scope": "off"}]}, r"networks\[0\]\.addresses: must be a text"),
        ({"private_windows": [{}]}, r"private_windows\[0\]\.title: must say a title"),
        ({"private_windows": [{"class": "x"}]}, r"private_windows\[0\]\.class: is not known"),
        ({"folders": ["../.."]}, r"folders\[0\]: must be a folder in somebody's home"),
        ({"folders": ["/etc"]}, r"folders\[0\]: must be a folder"),
        ({"second_opinion": 1}, "second_opinion: must be true or false"),
        ({"hours": [HOURS | {"from": "24:00"}]}, r"hours\[0\]\.to: must come after from"),
        ({"hours": [HOURS | {"days": []}]}, r"hours\[0\]\.days: must be numbers"),
        ({"hours": [HOURS | {"days": [True]}]}, r"hours\[0\]\.days: must be numbers"),
        ({"time_zone": "../../etc/passwd"}, "time_zone: '../../etc/passwd' is no time zone known"),
        ({"time_zone": ""}, "time_zone: '' is no time zone known"),
        ({"outside_hours": "on-site"}, "outside_hours: must be off-site or off"),
        ({"groups": {"Year 7": []}}, r"groups\.Year 7: must be a table"),
        ({"folders": [7]}, r"folders\[0\]: must be a folder"),
    ],
)
def test_what_will_not_do_is_named(written: dict[str, Any], said: str) -> None:
    with pytest.raises(PolicyError, match=said):
        read_written(written, PLAIN)


def test_a_device_passes_over_what_a_newer_appliance_says_and_refuses_what_will_not_do() -> None:
    newer = TOLD | {"colour": "red", "on_site": {"colour": "red", "keep_from": 2}}
    assert read_told(json.dumps(newer).encode()).school.on_site == Scope(keep_from=2)
    with pytest.raises(PolicyError, match=r"on_site\.keep_from: must be a whole number"):
        read_told(json.dumps(TOLD | {"on_site": {"keep_from": 6}}).encode())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "is not JSON"),
        (b"[]", "the policy: must be a table"),
        (json.dumps(TOLD | {"version": ""}).encode(), "version: is empty"),
        (json.dumps({"version": "p1"}).encode(), "notice: must say the school"),
    ],
)
def test_what_is_no_policy_is_refused_by_a_device(content: bytes, said: str) -> None:
    with pytest.raises(PolicyError, match=said):
        read_told(content)
