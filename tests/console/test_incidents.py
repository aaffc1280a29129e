"""The incident's page: the picture, the words in context, who and why, what came before, every entry."""

from datetime import timedelta

from flask.testing import FlaskClient

from appliance.entry_kinds import EntryKind
from appliance.models import DrawState, ReviewerRole, Status
from tests.console.factories import NOW, TEXT, School, a_match

HOSTILE = "</p><script>alert(1)</script> \u202egnp.txt " + "w" * 900 + " 🦋 {{ 7*7 }}"


def signed_in(school: School) -> FlaskClient:
    school.reviewer("dsl", name="Ms Okonkwo")
    return school.browser("dsl")


def one(school: School, **capture: object) -> int:
    person = school.person("Robin Ashworth")
    incident = school.incident(person, captures=0)
    school.capture(incident, person_id=person, **capture)
    return incident


def test_the_page_answers_who_when_where_what_and_why(school: School) -> None:
    before = {
        "seen_at": (NOW - timedelta(minutes=34)).isoformat(),
        "channel": "search",
        "direction": "written",
        "app": "Finder",
        "text": "how to feel better",
    }
    page = signed_in(school).get(f"/incidents/{one(school, before=[before], marks=['deleted'])}").text
    for said in (
        "Robin Ashworth",
        "Known by the school’s address list, confirmed 3 min before.",
        "Tuesday 4 March 2025, 14:00:0",
        "Message on Chatter, written by the person",
        "https://chatter.example/rooms/7",
        "nobody would even notice <mark>if i was gone</mark>",
        "Says that others would be better off, or would not notice.",
        "The person wrote it.",
        "Suicide",
        "May be at risk",
        "Deleted before it was sent.",
        "What came before",
        "how to feel better",
        "4 min before",
    ):
        assert said in page, said


def test_the_picture_leads_and_has_words_for_who_cannot_see_it(school: School) -> None:
    incident = one(school)
    page = signed_in(school).get(f"/incidents/{incident}").text
    assert f'src="/incidents/{incident}/captures/' in page
    assert 'alt="The message as it was drawn' in page


def test_a_picture_not_drawn_yet_or_never_is_explained_and_the_words_stand_in(school: School) -> None:
    browser = signed_in(school)
    for state, note, said in (
        (DrawState.WAITING, "", "still on its way"),
        (DrawState.DUE, "", "is being drawn"),
        (DrawState.FAILED, "The app does not show its pages.", "the words alone. The app does not show its pages."),
    ):
        page = browser.get(f"/incidents/{one(school, picture=None, draw_state=state, draw_note=note)}").text
        assert said in page
        assert "nobody would even notice <mark>if i was gone</mark>" in page
        assert "<img" not in page


def test_a_picture_that_shows_text_says_why(school: School) -> None:
    page = signed_in(school).get(f"/incidents/{one(school, draw_note='The page was empty without its scripts.')}").text
    assert "The page was empty without its scripts." in page


def test_hostile_words_are_shown_and_do_nothing(school: School) -> None:
    person = school.person(f"Eve {HOSTILE}")
    incident = school.incident(person, captures=0)
    school.capture(
        incident,
        text=HOSTILE,
        app=HOSTILE,
        location=HOSTILE,
        author=HOSTILE,
        reasons=[HOSTILE],
        matches=[a_match(HOSTILE, "alert", text=HOSTILE, gloss=HOSTILE)],
        before=[{"text": HOSTILE, "app": HOSTILE}],
        draw_note=HOSTILE,
        subject={"people": [], "device": HOSTILE},
    )
    browser = signed_in(school)
    for address in (f"/incidents/{incident}", "/queue", "/people", f"/people/{person}", f"/incidents/{incident}/close"):
        page = browser.get(address).text
        assert "<script>" not in page, address
        assert "\u202e" not in page, address
        assert "⟨U+202E⟩" in page, address
        assert "{{ 7*7 }}" in page, address


def test_possible_people_are_named_only_as_possible(school: School) -> None:
    school.person("Robin Ashworth", ref="a")
    school.person("Sam Oak", ref="b")
    incident = school.incident(None, captures=0)
    school.capture(incident, subject={"people": ["a", "b"], "address": "10.0.0.7"})
    page = signed_in(school).get(f"/incidents/{incident}").text
    assert "Somebody at 10.0.0.7" in page
    assert "Possible: Robin Ashworth or Sam Oak." in page


def test_the_gravest_capture_is_shown_and_the_others_are_a_step_away(school: School) -> None:
    incident = school.incident(school.person(), captures=0)
    low = school.capture(incident, severity=2, text="the lesser words", matches=[])
    school.capture(incident, severity=5)
    school.capture(incident, severity=5, duplicate_of="other")
    browser = signed_in(school)
    page = browser.get(f"/incidents/{incident}").text
    assert "<mark>if i was gone</mark>" in page
    assert f'href="/incidents/{incident}?capture={low}"' in page
    assert "1 more say the same" in page
    assert "the lesser words" not in page
    assert "the lesser words" in browser.get(f"/incidents/{incident}?capture={low}").text


def test_every_opening_is_an_entry_by_name(school: School) -> None:
    incident = one(school)
    browser = signed_in(school)
    browser.get(f"/incidents/{incident}")
    page = browser.get(f"/incidents/{incident}").text
    looked = [entry for entry in school.entries(incident) if entry[0] == EntryKind.LOOKED]
    assert looked == [(EntryKind.LOOKED, "reviewer:dsl", "")] * 2
    assert "Who has looked (2)" in page
    assert "Ms Okonkwo" in page


def test_entries_are_told_with_names_and_in_order(school: School) -> None:
    incident = one(school)
    browser = signed_in(school)
    school.entry(incident, EntryKind.NOTED, "Spoke to the tutor.", "reviewer:dsl", school.here)
    page = browser.get(f"/incidents/{incident}").text
    assert page.index("Opened.") < page.index("Spoke to the tutor.")
    assert "Gatehouse" in page


def test_without_captures_the_entries_stay(school: School) -> None:
    incident = school.incident(school.person(), captures=0)
    page = signed_in(school).get(f"/incidents/{incident}").text
    assert "The captures of this incident have been deleted." in page
    assert "Opened." in page


def test_a_moderator_is_not_offered_what_is_not_theirs(school: School) -> None:
    incident = one(school)
    school.reviewer("mod", ReviewerRole.MODERATOR)
    page = school.browser("mod").get(f"/incidents/{incident}").text
    assert "Keep at 4" in page
    assert "Close…" not in page
    assert 'href="/people/' not in page


def test_next_follows_the_queues_order_and_comes_round(school: School) -> None:
    first = school.incident(school.person(), severity=5)
    second = school.incident(school.person(), severity=3)
    done = school.incident(school.person(), severity=4, status=Status.CLOSED)
    browser = signed_in(school)

    def offered(page: str) -> list[int]:
        return [i for i in (first, second, done) if f'href="/incidents/{i}" data-key="j"' in page]

    assert offered(browser.get(f"/incidents/{first}").text) == [second]
    assert offered(browser.get(f"/incidents/{second}").text) == [first]
    assert offered(browser.get(f"/incidents/{done}").text) == [second]


def test_a_long_text_is_cut_round_the_match_and_can_be_read_whole(school: School) -> None:
    text = "x" * 5000 + " " + TEXT
    page = signed_in(school).get(f"/incidents/{one(school, text=text, matches=[a_match(text, 'if i was gone')])}").text
    assert "All 5,039 characters" in page.replace(f"{len(text):,}", "5,039")
    assert "<mark>if i was gone</mark>" in page
