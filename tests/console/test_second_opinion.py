"""The reviewer sees what the rules found on one side, and what the second opinion reads on the other."""

import re

import pytest

from console.second_opinion import phrases, second_opinion
from tests.console.factories import TEXT, School, a_match, an_opinion

PASSAGE = a_match(TEXT, TEXT, phrase="model.self-harm", gloss="No phrase of the library")
PHRASE = a_match(TEXT, "if i was gone")


def sides(school: School, **capture: object) -> str:
    """What the page says of why it was raised, as text."""
    school.reviewer("dsl")
    incident = school.incident(school.person(), captures=0)
    school.capture(incident, **capture)
    page = school.browser("dsl").get(f"/incidents/{incident}").text
    block = page[page.index("Why it was raised") : page.index("Checked with library")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", block))


def test_the_page_says_by_which_id_the_capture_is_derived_again(school: School) -> None:
    school.reviewer("dsl")
    incident = school.incident(school.person(), captures=0)
    id = school.capture(incident)
    assert f"Capture <code>{id}</code>" in school.browser("dsl").get(f"/incidents/{incident}").text


@pytest.mark.parametrize(
    ("matches", "opinion", "said"),
    [
        (
            [PASSAGE],
            an_opinion("raised", category="self-harm"),
            "Phrases found None. Second opinion Reads it as: self-harm, 97 % of concern. What weighed most: “nobody"
            " would even notice if i was gone” No phrase of the library matches; only the second opinion raised it.",
        ),
        ([PASSAGE, PHRASE], an_opinion("raised"), "Here the second opinion leads."),
        ([PHRASE, PASSAGE], an_opinion("raised"), "Here a phrase leads."),
        ([PHRASE], an_opinion(), "A phrase says as much already: the second opinion agrees, and changes nothing."),
        ([PHRASE], an_opinion("unsure", probability=0.4), "40 % of concern."),
        (
            [PHRASE],
            an_opinion("lowered", probability=0.001),
            "Second opinion Reads it as harmless, under 1 % of concern. The second opinion finds nothing in it, so",
        ),
        (
            [PHRASE],
            an_opinion("overruled", probability=0.03),
            "Reads it as harmless, 3 % of concern. The second opinion finds nothing in it, but lowers nothing",
        ),
    ],
)
def test_both_are_told_apart_and_how_they_came_together(
    school: School, matches: list[object], opinion: dict[str, object], said: str
) -> None:
    assert said in sides(school, matches=matches, opinion=opinion)


def test_where_nobody_was_asked_nothing_is_said_of_it(school: School) -> None:
    said = sides(school, matches=[PHRASE])
    assert "Phrases found “if i was gone”" in said
    assert "econd opinion" not in said
    assert second_opinion(None, [PHRASE]) is None


def test_its_passage_is_no_phrase_of_the_library() -> None:
    assert [each["phrase"] for each in phrases([PASSAGE, PHRASE, PHRASE])] == ["en.suicide.gone"]


def test_its_passage_is_marked_in_the_words_all_the_same(school: School) -> None:
    school.reviewer("dsl")
    incident = school.incident(school.person(), captures=0)
    school.capture(incident, matches=[PASSAGE], opinion=an_opinion("raised"))
    assert f"<mark>{TEXT}</mark>" in school.browser("dsl").get(f"/incidents/{incident}").text
