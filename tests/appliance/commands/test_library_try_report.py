"""The report says in figures what would change, and never what was written."""

import json

from appliance.commands.library_try_report import NOTE, Tried, as_json, text
from appliance.library_effects import IncidentOutcome, effects
from appliance.library_trial import Grade, Outcome

B3, V4 = Grade("bullying", 3), Grade("violence", 4)
OUTCOMES = (
    Outcome(capture_id="c1", incident_id=1, now=B3, tried=None, phrases=frozenset({"en.bullying.x"})),
    Outcome(capture_id="c2", incident_id=2, now=V4, tried=B3, outdated=True),
    Outcome(capture_id="c3", incident_id=2, now=B3, tried=B3),
)
INCIDENTS = (
    IncidentOutcome(now=B3, tried=None, verdict="false positive"),
    IncidentOutcome(now=V4, tried=B3, verdict="new"),
)
TRIED = Tried(
    school="oak", library="aaaa", tried="bbbb", alert_from=3, effects=effects(OUTCOMES, INCIDENTS, alert_from=3)
)
EMPTY = Tried(school="elm", library="aaaa", tried="bbbb", alert_from=4, effects=effects((), ()))


def test_the_tables_say_how_many_go_which_way() -> None:
    said = text([TRIED], most=1)
    lines = {" ".join(line.split()) for line in said.splitlines()}
    assert lines >= {
        "oak: library aaaa → bbbb",
        "fall away re-graded stay fall away re-graded stay",
        "all 1 1 1 1 1 0",
        "bullying 1 0 1 1 0 0",
        "violence 0 1 0 0 1 0",
        "4 0 1 0 0 1 0",
        "en.bullying.x 1 0 0",
        "1 more change with what the person had written shortly before.",
        "violence 4 → bullying 3 1 1",
        "bullying 3 → falls away 1 1",
        "People made of the 1 incidents that would not have been: 1 false positive.",
        "Alerts: 1 incidents from severity 4 → 1 from severity 3.",
        "c2 incident 2 violence 4 → bullying 3",
    }
    assert "1 of the captures looked at would be graded otherwise" in said
    assert "c1" not in said, "no more are listed than were asked for"
    assert said.endswith(NOTE)


def test_a_school_without_captures_is_one_line() -> None:
    assert text([EMPTY], most=5) == f"elm: library aaaa → bbbb\nNo captures are stored.\n\n{NOTE}"


def test_a_program_gets_the_same_as_json() -> None:
    given = json.loads(as_json([TRIED, EMPTY], most=5))
    assert given["note"] == NOTE
    oak, elm = given["schools"]
    assert (oak["school"], elm["school"]) == ("oak", "elm")
    assert oak["captures"] == {"falls_away": 1, "regraded": 1, "stays": 1}
    assert oak["phrases"] == [{"phrase": "en.bullying.x", "falls_away": 1, "regraded": 0, "stays": 0}]
    assert oak["shifts"][0] == {
        "now": {"category": "violence", "severity": 4},
        "tried": {"category": "bullying", "severity": 3},
        "captures": 1,
        "incidents": 1,
    }
    assert oak["verdicts"] == {"false positive": 1}
    assert oak["alerts"] == {"from": 4, "incidents": 1, "tried_from": 3, "tried_incidents": 1}
    assert oak["list"][1] == {
        "capture": "c1",
        "incident": 1,
        "now": {"category": "bullying", "severity": 3},
        "tried": None,
    }
