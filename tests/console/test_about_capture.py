"""What is said about a capture, whatever a sensor left out."""

import pytest

from appliance.captures import matches_of
from appliance.models import DrawState
from console.about_capture import about
from detection.matcher import Match
from detection.observation import Mark
from tests.console.factories import School
from tests.detection.factories import phrase


@pytest.mark.parametrize(
    ("state", "note", "evidence", "said"),
    [
        (DrawState.WAITING, "", "", "still on its way"),
        (DrawState.DUE, "", "", "is being drawn"),
        (DrawState.FAILED, "", "The app is not a web page.", "the words alone. The app is not a web page."),
        (DrawState.FAILED, "", "", "the words alone. The page was not recorded."),
    ],
)
def test_why_there_is_no_picture(school: School, state: DrawState, note: str, evidence: str, said: str) -> None:
    school.reviewer("dsl")
    incident = school.incident(school.person(), captures=0)
    school.capture(incident, picture=None, draw_state=state, draw_note=note, evidence_note=evidence)
    assert said in school.browser("dsl").get(f"/incidents/{incident}").text


def test_each_phrase_is_explained_once_the_leading_one_first(school: School) -> None:
    school.reviewer("dsl")
    incident = school.incident(school.person(), captures=0)
    known = {name: phrase(id=f"en.suicide.{name}", text="(x|y)", gloss=f"gloss {name}") for name in ("a", "b")}
    matches = tuple(Match(phrase=known[name], start=0, end=1, written=f"said {name}") for name in ("b", "a", "b"))
    school.capture(incident, matches=matches_of(matches))
    page = school.browser("dsl").get(f"/incidents/{incident}").text
    assert "“<bdi>said b</bdi>”" in page
    assert "(x|y)" not in page
    assert page.count("gloss b") == page.count("gloss a") == 1
    assert page.index("gloss b") < page.index("gloss a")


def test_what_came_before_may_be_incomplete(school: School) -> None:
    school.reviewer("dsl")
    incident = school.incident(school.person(), captures=0)
    school.capture(incident, before=[{"text": "only words"}, {"seen_at": "not a time", "text": "odd clock"}])
    page = school.browser("dsl").get(f"/incidents/{incident}").text
    assert "only words" in page
    assert "odd clock" in page


def test_nothing_is_said_about_nothing() -> None:
    assert about(None) == {"capture": None}


@pytest.mark.parametrize(
    ("off_site", "said"),
    [
        (True, "Seen by the agent on the device, off site. Window or document:"),
        (False, "Seen by the agent on the device, on site. Window or document:"),
    ],
)
def test_what_an_agent_saw_says_where_the_device_was_and_what_became_of_the_words(
    school: School, off_site: bool, said: str
) -> None:
    school.reviewer("dsl")
    incident = school.incident(school.person(), captures=0)
    marks = ["deleted", "ocr", "pasted"]
    fields = {"channel": "screen", "app": "LibreOffice Writer", "location": "Homework.odt", "marks": marks}
    school.capture(incident, off_site=off_site, **fields)
    page = school.browser("dsl").get(f"/incidents/{incident}").text
    told = ("Typed in LibreOffice Writer", "Homework.odt", "Typed, and deleted again", "Pasted, not typed")
    for each in (said, *told, "Read from a picture on the screen", "The window as the agent took it on the device"):
        assert each in page, each


def test_of_what_a_gateway_saw_nothing_is_said_of_a_device(school: School) -> None:
    school.reviewer("dsl")
    page = school.browser("dsl").get(f"/incidents/{school.incident(school.person())}").text
    assert "Seen by the agent" not in page
    assert "Drawn from the recorded traffic" in page


def test_a_test_of_the_system_says_so_and_nothing_else_does(school: School) -> None:
    school.reviewer("dsl")
    tested, meant = (school.incident(school.person(name), captures=0) for name in ("p1", "p2"))
    school.capture(tested, marks=[Mark.TEST])
    school.capture(meant)
    browser = school.browser("dsl")
    assert "A test of the system." in browser.get(f"/incidents/{tested}").text
    assert "A test of the system." not in browser.get(f"/incidents/{meant}").text
