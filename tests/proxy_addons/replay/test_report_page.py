import re
from html.parser import HTMLParser
from urllib.parse import quote

import pytest

from detection.observation import Subject
from proxy_addons.replay.drawing_program import PNG, Picture
from proxy_addons.replay.replay import Outcome
from proxy_addons.replay.report_page import Section, page, section, tally, visible, who
from tests.proxy_addons.replay.conftest import Replayed
from tests.proxy_addons.replay.factories import WORDS, Talk, answer, get, search

HOSTILE = f"<script>alert(1)</script>\"'><img src=x onerror=alert(2)> {WORDS} \u202egnihton {{{{ 7 * 7 }}}}"


class Elements(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.fixture
def outcome(replayed: Replayed) -> Outcome:
    talk = Talk().hello().up(search("good morning")).down(answer())
    talk.up(search(quote(HOSTILE))).down(answer())
    return replayed(talk.up(get("/<b>?<i>", "<u>.test")).down(answer()).bye().packets)


def written(outcome: Outcome, pictures: dict[str, Picture | str] | None = None) -> str:
    return page([section(outcome, "0" * 64)], pictures or {}, "v1")


def test_nothing_recorded_becomes_part_of_the_page(outcome: Outcome) -> None:
    text = written(outcome)
    (detection,) = outcome.detections
    assert "alert(2)" in detection.observation.text
    elements = Elements(text).found
    assert {tag for tag, _ in elements} & {"script", "u", "i", "b", "img", "iframe", "link", "form"} == set()
    assert not [name for _, attributes in elements for name in attributes if name.startswith("on") or name == "style"]
    assert "\u202e" not in text
    assert "⟨U+202E⟩" in text
    assert "{{ 7 * 7 }}" in text


def test_the_page_refuses_scripts_and_all_that_is_not_in_it(outcome: Outcome) -> None:
    text = written(outcome, {outcome.detections[0].observation.id: Picture(png=PNG, note="")})
    (policy,) = [a["content"] for tag, a in Elements(text).found if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    addresses = [a.get(name) or "" for _, a in Elements(text).found for name in ("src", "href") if name in a]
    assert addresses
    assert all(address.startswith(("data:image/png;base64,", "#")) for address in addresses)
    assert not re.search(r"url\(|@import|https?://(?!news\.test)", text)


def test_every_detection_has_its_words_reasons_and_what_came_before(outcome: Outcome) -> None:
    text = written(outcome)
    (detection,) = outcome.detections
    assert f"<mark>{detection.matches[0].written}</mark>" in text
    for said in ("good morning", "Bullying", "low", "Tue 3 Mar 2026, 12:00:00", "Somebody at 10.1.0.7", "news.test"):
        assert said in text
    assert all(reason.split("“")[0] in text for reason in detection.reasons)
    assert detection.matches[0].phrase.id in text


def test_what_was_not_drawn_is_said(outcome: Outcome) -> None:
    (detection,) = outcome.detections
    assert "There is no picture: it is not among the gravest" in written(outcome)
    assert "There is no picture: no browser." in written(outcome, {detection.observation.id: "no browser"})
    drawn = written(outcome, {detection.observation.id: Picture(png=PNG, note="Its text is shown instead.")})
    assert "There is no picture" not in drawn
    assert "Its text is shown instead." in drawn


def test_a_capture_without_findings_and_one_that_was_not_read_are_said_too(replayed: Replayed) -> None:
    quiet = section(replayed(Talk().hello().up(get()).down(answer()).bye().packets), "0" * 64)
    text = page([quiet], {}, "v1", ["other.pcap: is empty"])
    assert "Nothing was found in this capture." in text
    assert "Not read: other.pcap: is empty" in text
    assert "By protocol" in text


def test_the_same_findings_make_the_same_page(outcome: Outcome) -> None:
    assert written(outcome) == written(outcome)


def test_detections_are_counted_by_how_grave_they_are(outcome: Outcome) -> None:
    assert tally(outcome.detections) == "1 low"
    assert tally([]) == ""


@pytest.mark.parametrize(
    ("subject", "called"),
    [
        (Subject(people=("p1", "p2")), "p1 or p2"),
        (Subject(device="pc-7", address="10.0.0.1"), "Somebody at pc-7"),
        (Subject(address="10.0.0.1"), "Somebody at 10.0.0.1"),
        (Subject(), "Somebody unknown"),
    ],
)
def test_people_are_called_what_a_replay_knows_of_them(subject: Subject, called: str) -> None:
    assert who(subject) == called


def test_what_would_turn_text_shows_itself() -> None:
    assert visible("a\u202eb\x07\nc") == "a⟨U+202E⟩b⟨U+0007⟩\nc"
    assert visible(3) == 3


def test_of_an_outcome_only_what_is_shown_is_kept(outcome: Outcome) -> None:
    kept = section(outcome, "0" * 64)
    assert isinstance(kept, Section)
    assert kept.detections is outcome.detections
