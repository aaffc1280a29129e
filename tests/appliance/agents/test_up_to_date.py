"""Up to date is the school's policy, its newest release for everybody, and the newest agent of its devices."""

import pytest
from sqlalchemy.orm import Session

from appliance.agents import policies, up_to_date
from appliance.models import AgentPolicy, LibraryRelease, ReleasedLibrary
from tests.appliance import factories
from tests.appliance.factories import NOON


def test_before_anything_was_set_it_is_what_gatehouse_comes_with(session: Session) -> None:
    oak = factories.school(session)
    found = up_to_date.of_school(session, oak, [])
    assert found.policy["version"] == policies.in_force(session, oak)["version"]
    assert (found.policy_since, found.library, found.library_since, found.newest) == (None, "", None, ())


def test_the_newest_of_each_counts_and_nothing_of_another_school(session: Session) -> None:
    oak, elm = factories.school(session, "oak"), factories.school(session, "elm")
    policy = {**policies.in_force(session, oak), "version": "new"}
    session.add(
        AgentPolicy(organisation_id=oak.id, version="new", policy=policy, set_at=NOON, set_by="dsl", why="Because.")
    )
    for school, serial in ((oak, 1), (oak, 2), (elm, 3)):
        session.add(
            LibraryRelease(
                organisation_id=school.id,
                serial=serial,
                version=f"{school.slug}-{serial}",
                built_at=NOON,
                built_by="",
                note="",
                shipped_version="",
                layers_at=NOON,
                signed_by="",
                bundle=b"",
                libraries=[
                    ReleasedLibrary(group=group, organisation_id=school.id, version=f"{school.slug}-{serial}{group}")
                    for group in ("", "-year-7")
                ],
            )
        )
    devices = [factories.device(session, oak, token=name, name=name, kind="agent") for name in ("a", "b", "c")]
    for each, version in zip(devices, ("1.2", "1.10", ""), strict=True):
        each.agent_version = version
    session.flush()
    found = up_to_date.of_school(session, oak, devices)
    assert (found.policy["version"], found.policy_since) == ("new", NOON)
    assert (found.library, found.library_since, found.newest) == ("oak-2", NOON, (1, 10))


@pytest.mark.parametrize(("version", "parts"), [("1.10.2", (1, 10, 2)), ("1.2~dev3", (1,)), ("", ()), ("unknown", ())])
def test_a_version_is_read_as_far_as_it_has_numbers(version: str, parts: tuple[int, ...]) -> None:
    assert up_to_date.parts(version) == parts
