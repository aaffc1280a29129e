"""From an address or a device to the people who may have used it."""

from datetime import timedelta
from typing import Any

import pytest

from detection.binding_table import BindingTable, canonical, read_table
from detection.json_object import JsonObject, WireError
from detection.observation import AgeBand, PersonRole, Subject
from tests.detection.factories import NOW


def row(**changes: Any) -> dict[str, Any]:
    plain = {
        "address": "10.0.0.7",
        "device": None,
        "person": "p-17",
        "role": "pupil",
        "age_band": "11-16",
        "source": "address-list",
        "since": None,
    }
    return plain | changes


def table(*rows: dict[str, Any]) -> BindingTable:
    return read_table(JsonObject({"organisation": "hill-school", "bindings": list(rows)}))


def test_one_person_is_sure() -> None:
    since = (NOW - timedelta(seconds=90)).isoformat()
    assert table(row(source="agent", since=since)).subject_for("10.0.0.7", None, NOW) == Subject(
        organisation="hill-school",
        people=("p-17",),
        role=PersonRole.PUPIL,
        age_band=AgeBand.SECONDARY,
        address="10.0.0.7",
        identity_source="agent",
        identity_age=90.0,
    )


def test_nobody_is_known_at_an_unbound_address() -> None:
    assert table().subject_for("10.0.0.8", "laptop-4", NOW) == Subject(
        organisation="hill-school", address="10.0.0.8", device="laptop-4"
    )


def test_several_people_at_one_address_are_all_possible() -> None:
    subject = table(row(person="p-2"), row(person="p-1", age_band="17-18"), row(person="p-2")).subject_for(
        "10.0.0.7", None, NOW
    )
    assert subject.people == ("p-1", "p-2")
    assert (subject.role, subject.age_band) == (PersonRole.PUPIL, AgeBand.UNKNOWN)
    assert subject.key == "address:10.0.0.7"


def test_a_pupil_and_a_teacher_at_one_address_have_no_common_role() -> None:
    assert table(row(), row(person="s-1", role="staff")).subject_for("10.0.0.7", None, NOW).role is PersonRole.UNKNOWN


@pytest.mark.parametrize(
    ("rows", "group"),
    [
        ([row(group="Year 12")], "Year 12"),
        ([row(group="Year 12"), row(person="p-18", group="Year 12")], "Year 12"),
        ([row(group="Year 12"), row(person="p-18", group="Year 13")], ""),
        ([row(group="Year 12"), row(person="p-18")], ""),
        ([row()], ""),
        ([], ""),
    ],
    ids=["one", "several who agree", "several who do not", "one unknown", "an older appliance", "nobody"],
)
def test_the_group_is_known_where_all_possible_people_share_it(rows: list[dict[str, Any]], group: str) -> None:
    assert table(*rows).subject_for("10.0.0.7", None, NOW).group == group


def test_the_device_decides_before_the_address() -> None:
    bound = table(row(), row(person="p-9", address=None, device="Laptop-4", source="agent"))
    assert bound.subject_for("10.0.0.7", "laptop-4", NOW).people == ("p-9",)
    assert bound.subject_for("10.0.0.7", "laptop-5", NOW).people == ("p-17",)
    assert bound.subject_for("10.0.0.7", None, NOW).people == ("p-17",)


def test_the_age_is_that_of_the_oldest_source_and_unknown_where_one_has_no_clock() -> None:
    young, old = (row(person=f"p-{s}", since=(NOW - timedelta(seconds=s)).isoformat()) for s in (5, 500))
    assert table(young, old).subject_for("10.0.0.7", None, NOW).identity_age == 500
    assert table(young, old, row()).subject_for("10.0.0.7", None, NOW).identity_age is None


def test_a_source_ahead_of_our_clock_is_fresh() -> None:
    ahead = row(since=(NOW + timedelta(seconds=30)).isoformat())
    assert table(ahead).subject_for("10.0.0.7", None, NOW).identity_age == 0


def test_different_sources_are_all_named() -> None:
    both = table(row(), row(source="agent")).subject_for("10.0.0.7", None, NOW)
    assert (both.people, both.identity_source) == (("p-17",), "address-list, agent")


@pytest.mark.parametrize(
    ("written", "one"),
    [
        ("10.0.0.7", "10.0.0.7"),
        ("::ffff:10.0.0.7", "10.0.0.7"),
        ("2001:DB8:0:0::7", "2001:db8::7"),
        ("fe80::1%eth0", "fe80::1"),
        ("no address", "no address"),
        ("", ""),
    ],
)
def test_an_address_has_one_spelling(written: str, one: str) -> None:
    assert canonical(written) == one


def test_addresses_are_compared_in_that_spelling() -> None:
    assert table(row(address="2001:DB8::0007")).subject_for("2001:db8::7", None, NOW).people == ("p-17",)


def test_a_role_from_the_future_is_unknown() -> None:
    subject = table(row(role="governor", age_band="19-24")).subject_for("10.0.0.7", None, NOW)
    assert (subject.people, subject.role, subject.age_band) == (("p-17",), PersonRole.UNKNOWN, AgeBand.UNKNOWN)


def test_a_row_that_is_not_of_the_contract_is_named() -> None:
    with pytest.raises(WireError, match=r"^bindings\[1\]\.person: must be a text$"):
        table(row(), row(person=3))


def test_who_signed_in_is_known_wherever_they_are() -> None:
    known = table(row(group="Year 9")).subject_of("p-17", "::ffff:10.0.0.9", "proxy-sign-in")
    assert known == Subject(
        organisation="hill-school",
        people=("p-17",),
        role=PersonRole.PUPIL,
        age_band=AgeBand.SECONDARY,
        group="Year 9",
        address="10.0.0.9",
        identity_source="proxy-sign-in",
        identity_age=0.0,
    )


def test_who_signed_in_and_is_bound_to_nothing_is_still_named() -> None:
    unknown = table().subject_of("p-99", "10.0.0.9", "proxy-sign-in")
    assert (unknown.people, unknown.role, unknown.group) == (("p-99",), PersonRole.UNKNOWN, "")
