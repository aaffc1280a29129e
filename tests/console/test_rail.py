"""The rail shows each role its pages, where one is, and how many wait."""

import re

import pytest

from appliance.models import ReviewerRole
from tests.console.factories import School


def stops(page: str) -> list[str]:
    rail = page[page.index('<nav aria-label="Pages">') : page.index("</nav>")]
    return re.findall(r">([A-Z][a-z ]+?)(?: <span|</a>)", rail)


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (ReviewerRole.DSL, ["Queue", "People", "Devices", "System health", "Help"]),
        (ReviewerRole.MODERATOR, ["Queue", "System health", "Help"]),
        (ReviewerRole.NETWORK_MANAGER, ["Devices", "System health", "Help"]),
    ],
)
def test_each_role_has_its_pages(school: School, role: ReviewerRole, expected: list[str]) -> None:
    school.reviewer("somebody", role)
    assert stops(school.browser("somebody").get("/help").text) == expected


def test_the_rail_says_where_one_is_and_what_waits(school: School) -> None:
    incident = school.incident(school.person())
    school.reviewer("dsl")
    page = school.browser("dsl").get(f"/incidents/{incident}").text
    waiting = '<span class="count">1<span class="visually-hidden"> waiting</span></span>'
    assert f'<a href="/queue" aria-current="true">Queue {waiting}</a>' in page
    assert 'aria-current="page">Queue' in school.browser("dsl").get("/queue").text
