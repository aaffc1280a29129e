"""Looks are noted by whoever looked, and a colleague's look is not one's own."""

from appliance.entry_kinds import EntryKind
from tests.console.factories import School


def test_each_reviewers_look_is_their_own(school: School) -> None:
    incident = school.incident(school.person(), captures=0)
    address = f"/incidents/{incident}/captures/{school.capture(incident)}/picture"
    school.reviewer("dsl")
    school.reviewer("other")
    school.browser("dsl").get(address)
    school.browser("other").get(address)
    actors = [actor for kind, actor, _ in school.entries(incident) if kind == EntryKind.LOOKED]
    assert actors == ["reviewer:dsl", "reviewer:other"]
