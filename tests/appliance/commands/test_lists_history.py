"""The history of a school's phrases is a page to read."""

from datetime import date, timedelta
from typing import Any

from nacl.signing import SigningKey
from sqlalchemy.orm import Session

from appliance import library_agreement, library_layers, library_releases
from appliance.commands.lists_history import history
from appliance.library_releases import Press
from appliance.models import LibraryChange, Organisation
from detection.layers import Act, Change, Ignore, Regrade
from tests.appliance import factories
from tests.appliance.factories import NOON
from tests.detection.libraries import a, library

AWAY = a("go away", hits=("go away",))
PRESS = Press(SigningKey.generate(), library(AWAY))


def test_changes_and_releases_are_told_in_order_and_in_the_schools_time(session: Session) -> None:
    school = factories.school(session)
    school.time_zone = "Europe/Berlin"
    recorded(session, school, Ignore(AWAY.id), expires=date(2026, 3, 4))
    recorded(session, school, Regrade(AWAY.id, 1))
    row = library_releases.release(session, school, PRESS, by="kim", note="Spring term.", now=NOON)
    shipped = PRESS.shipped.version
    assert history(session, school, PRESS.shipped, NOON + timedelta(days=1)).splitlines() == [
        "Changes",
        "     1  2026-03-04 13:00  jo: Ignored en.bullying.go-away, until 04 March 2026. Asked for.  [at its end]",
        "     2  2026-03-04 13:00  jo: Re-graded en.bullying.go-away to severity 1. Asked for.",
        "",
        "Releases",
        f"     1  2026-03-04 13:00  {shipped}  system: As shipped.",
        f"     2  2026-03-04 13:00  {row.version}  kim: Spring term.",
    ]


def recorded(session: Session, school: Organisation, act: Act, **more: Any) -> LibraryChange:
    change = Change(**{"act": act, "by": "jo", "at": NOON, "why": "Asked for.", **more})
    return library_layers.record(session, school, change, PRESS.shipped)


def test_who_is_still_to_agree_and_who_has_agreed_is_told(session: Session) -> None:
    school = factories.school(session)
    for second in ("kim", "lee"):
        recorded(session, school, Ignore(AWAY.id), second=second)
    library_agreement.agree(session, school, 1, PRESS.shipped, by="kim", now=NOON)
    args: dict[str, Any] = {"by": "jo", "why": "A mistake.", "now": NOON}
    lines = history(session, school, PRESS.shipped, NOON).splitlines()[1:3]
    assert [line.partition("12:00  ")[2] for line in lines] == [
        "jo and kim: Ignored en.bullying.go-away. Asked for.",
        "jo: Ignored en.bullying.go-away. Asked for.  [waits for lee]",
    ]
    library_layers.withdraw(session, school, 1, PRESS.shipped, second="lee", **args)
    assert "[its withdrawal waits for lee]" in history(session, school, PRESS.shipped, NOON).splitlines()[1]
    library_agreement.agree(session, school, 1, PRESS.shipped, by="lee", now=NOON)
    assert "[withdrawn by jo and lee]" in history(session, school, PRESS.shipped, NOON).splitlines()[1]


def test_the_library_of_a_group_is_told_with_the_version_its_detections_name(session: Session) -> None:
    school = factories.school(session)
    recorded(session, school, Ignore(AWAY.id), group="Year 12")
    row = library_releases.release(session, school, PRESS, by="kim", note="Spring term.", now=NOON)
    lines = history(session, school, PRESS.shipped, NOON).splitlines()
    own = next(each.version for each in row.libraries if each.group == "Year 12")
    assert lines[1].endswith("jo: Ignored en.bullying.go-away for Year 12. Asked for.")
    assert [line.strip() for line in lines[-3:]] == [
        f"1  2026-03-04 12:00  {row.version}  kim: Spring term.",
        f"{PRESS.shipped.version}  everybody else",
        f"{own}  Year 12",
    ]
