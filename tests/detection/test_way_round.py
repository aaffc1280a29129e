"""A way round the filter is a match that covers all there is."""

from detection.library import Category
from detection.way_round import way_round
from tests.detection.factories import observation


def test_it_covers_the_whole_and_says_what_was_done() -> None:
    (match,) = way_round(observation(text="wireguard"), "tunnel", text="a VPN", severity=2, did="Used a VPN")
    assert (match.start, match.end, match.written) == (0, 9, "wireguard")
    assert (match.phrase.category, match.phrase.severity) == (Category.BYPASS, 2)
    assert match.phrase.gloss == "Used a VPN, by which the filter can be got round"
