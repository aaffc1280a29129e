"""A document of a million words still reaches the reviewer where it matters."""

from detection.excerpt import AROUND, LONGEST_NAME, MOST_MATCHES, excerpt
from tests.detection.factories import detection, match, observation

WORDS = "nobody likes you"
TEXT = "x" * 200_000 + WORDS + "y" * 200_000 + WORDS


def far(start: int) -> object:
    return match(start=start, end=start + len(WORDS))


def test_what_stands_around_the_lead_match_is_kept() -> None:
    long = detection(
        observation=observation(text=TEXT, location="https://a.example/" + "z" * 10_000),
        matches=(far(200_000), far(400_016)),
    )
    short = excerpt(long)
    (kept,) = short.matches
    assert len(short.observation.text) == 2 * AROUND
    assert short.observation.text[kept.start : kept.end] == WORDS
    assert len(short.observation.location) == LONGEST_NAME
    assert short.reasons[-1] == "The text has 400032 characters; the 100000 around the match are kept here."
    assert (short.observation.id, short.once, short.severity) == (long.observation.id, long.once, long.severity)


def test_a_match_at_either_end_is_kept() -> None:
    for start in (0, len(TEXT) - len(WORDS)):
        text = WORDS + TEXT[len(WORDS) :]
        short = excerpt(detection(observation=observation(text=text), matches=(far(start),)))
        (kept,) = short.matches
        assert short.observation.text[kept.start : kept.end] == WORDS


def test_a_detection_without_matches_keeps_its_beginning() -> None:
    short = excerpt(detection(observation=observation(text=TEXT), matches=()))
    assert short.observation.text == TEXT[:AROUND]


def test_a_flood_of_matches_is_cut() -> None:
    flood = detection(observation=observation(text=WORDS * 3000), matches=tuple(far(16 * i) for i in range(3000)))
    assert len(excerpt(flood).matches) == MOST_MATCHES
