"""A sealed address is text for the safeguarding lead, a sentence for everybody else, and a link for nobody."""

from dataclasses import replace
from pathlib import Path

import pytest

from appliance.models import DrawState, ReviewerRole
from console.application import create_app
from console.sealed_addresses import NO_KEY, NOT_YOURS, OTHER_KEY, opener
from detection.observation import Mark
from detection.sealed_address import seal
from detection.sealing import Sealer, new_key
from tests.console.factories import School

ADDRESS = "https://listed.test/page?id=7"


@pytest.fixture
def incident(school: School) -> int:
    """Of a visit to a listed address, in a console that has the key."""
    new_key(school.folder / "private", school.folder / "public")
    with_key(school, school.folder / "private")
    number = school.incident(school.person(), captures=0, category="illegal", severity=5)
    school.capture(
        number,
        app="",
        channel="url",
        location=seal(ADDRESS, Sealer((school.folder / "public").read_bytes())),
        text="An address that stands on the list “Test list” was asked for.",
        matches=[],
        marks=[Mark.WITHHELD],
        picture=None,
        draw_state=DrawState.WITHHELD,
    )
    return number


def with_key(school: School, file: Path | None) -> None:
    school.settings = replace(school.settings, private_key=file)
    school.app = create_app(school.settings, school.sessions, school.vault, school.clock)


def page(school: School, incident: int, role: ReviewerRole = ReviewerRole.DSL) -> str:
    school.reviewer(role, role)
    return school.browser(role).get(f"/incidents/{incident}").text


def test_the_lead_reads_the_address_as_text_and_sees_no_picture(school: School, incident: int) -> None:
    said = page(school, incident)
    assert f">{ADDRESS}</p>" in said
    assert f'"{ADDRESS}' not in said
    assert "no picture, on purpose" in said
    assert "<img" not in said.partition('<div class="facts">')[0].partition('<figure class="picture">')[2]


@pytest.mark.parametrize("role", [ReviewerRole.DEPUTY, ReviewerRole.MODERATOR])
def test_others_are_told_who_can(school: School, incident: int, role: ReviewerRole) -> None:
    said = page(school, incident, role)
    assert NOT_YOURS in said
    assert "listed.test" not in said


def test_without_the_key_or_with_another_it_stays_shut(school: School, incident: int) -> None:
    new_key(school.folder / "other", school.folder / "other.pub")
    school.reviewer("dsl")
    for file, why in ((None, NO_KEY), (school.folder / "other", OTHER_KEY)):
        with_key(school, file)
        assert why in school.browser("dsl").get(f"/incidents/{incident}").text


def test_a_list_of_incidents_says_nothing_of_where(school: School, incident: int) -> None:
    school.reviewer("dsl")
    said = school.browser("dsl").get("/queue").text
    assert "Web address" in said
    assert "listed.test" not in said
    assert "sealed:" not in said


@pytest.mark.parametrize(("content", "why"), [(None, "cannot be read: No such file"), (b"x", "is not a key")])
def test_a_key_that_will_not_do_is_said(tmp_path: Path, content: bytes | None, why: str) -> None:
    file = tmp_path / "key"
    if content:
        file.write_bytes(content)
    with pytest.raises(ValueError, match=f"key: private_key: {why}"):
        opener(file)
