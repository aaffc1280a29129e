"""Devices with the agent: what was expected, what is heard of, what is wrong; never a child's name."""

from datetime import timedelta

import pytest

from appliance.models import AgentPolicy, AgentStatus, Device, ReviewerRole
from tests.console.factories import NOW, School
from tests.console.town import laptops


def page(school: School, role: ReviewerRole = ReviewerRole.NETWORK_MANAGER) -> str:
    school.reviewer(f"r-{role}", role)
    return " ".join(school.browser(f"r-{role}").get("/devices").text.split())


def test_what_is_wrong_stands_first_and_in_words(school: School) -> None:
    laptops(school)
    said = page(school)
    assert "All 2 devices with the agent were heard of within a day. 1 needs a look." in said
    wrong, right = said.split("The others")
    assert "lab-08" in wrong
    assert "Its clock is 2 hours behind." in wrong
    assert "The agent was killed once within 7 days." in wrong
    assert "lab-07" in right
    assert "lab-07" not in wrong
    assert "The agent was killed; it did not run for 4 s." in right


def test_expected_against_heard_of(school: School) -> None:
    laptops(school)
    with school.sessions.begin() as session:
        for each in session.query(AgentStatus):
            each.at = NOW - timedelta(days=2)
        session.query(AgentStatus).first().at = NOW  # type: ignore[union-attr]
    assert "1 of 2 devices with the agent were heard of within a day." in page(school)


def test_nobody_is_named_though_a_device_be_assigned(school: School) -> None:
    robin = school.person("Robin Ashworth")
    laptops(school)
    with school.sessions.begin() as session:
        session.query(Device).filter_by(name="lab-07").one().person_id = robin
    said = page(school)
    assert "One person" in said
    assert "Robin" not in said


def test_who_set_the_policy_and_why_is_told(school: School) -> None:
    laptops(school)
    assert "nobody has set another" in page(school)
    with school.sessions.begin() as session:
        policy = {"version": "x", "time_zone": "Europe/London", "holidays": []}
        session.add(
            AgentPolicy(
                organisation_id=school.here,
                version="x",
                policy=policy,
                set_at=NOW,
                set_by="dsl",
                why="Governors agreed.",
            )
        )
    assert "Agents go by the policy that dsl set" in page(school, ReviewerRole.DSL)


def test_where_there_is_none_it_says_what_that_means(school: School) -> None:
    assert "No device has the agent" in page(school)


@pytest.mark.parametrize("role", [ReviewerRole.DEPUTY, ReviewerRole.MODERATOR])
def test_it_is_for_those_who_answer_for_the_system(school: School, role: ReviewerRole) -> None:
    school.reviewer("somebody", role)
    assert school.browser("somebody").get("/devices").status_code == 403


def test_a_trusts_officer_sees_each_school(school: School) -> None:
    laptops(school)
    school.reviewer("officer", ReviewerRole.TRUST_OFFICER, organisation_id=school.trust)
    said = school.browser("officer").get("/devices").text
    assert "lab-07" in said
    assert "No device has the agent" in said
