"""The history of a school's phrases is a page to read."""

from datetime import date, timedelta

from nacl.signing import SigningKey
from sqlalchemy.orm import Session

from appliance import library_layers, library_releases
from appliance.commands.lists_history import history
from appliance.library_releases import Press
from detection.layers import Change, Ignore, Regrade
from tests.appliance import factories
from tests.appliance.factories import NOON
from tests.detection.libraries import a, library

AWAY = a("go away", hits=("go away",))
PRESS = Press(SigningKey.generate(), library(AWAY))


def test_changes_and_releases_are_told_in_order_and_in_the_schools_time(session: Session) -> None:
    school = factories.school(session)
    school.time_zone = "Europe/Berlin"
    for act, expires in ((Ignore(AWAY.id), date(2026, 3, 4)), (Regrade(AWAY.id, 1), None)):
        change = Change(act=act, by="Jo Bell", at=NOON, why="Asked for.", expires=expires)
        library_layers.record(session, school, change, PRESS.shipped)
    row = library_releases.release(session, school, PRESS, by="Kim Lane", note="Spring term.", now=NOON)
    shipped = PRESS.shipped.version
    assert history(session, school, PRESS.shipped, NOON + timedelta(days=1)).splitlines() == [
        "Changes",
        "     1  2026-03-04 13:00  Jo Bell: Ignored en.bullying.go-away, until 04 March 2026. Asked for.  [at its end]",
        "     2  2026-03-04 13:00  Jo Bell: Re-graded en.bullying.go-away to severity 1. Asked for.",
        "",
        "Releases",
        f"     1  2026-03-04 13:00  {shipped}  system: As shipped.",
        f"     2  2026-03-04 13:00  {row.version}  Kim Lane: Spring term.",
    ]
