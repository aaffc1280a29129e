import gzip
from hashlib import sha256

import pytest

from tests.proxy_addons.replay.conftest import Replayed
from tests.proxy_addons.replay.factories import WORDS, Talk, answer, get


def test_a_picture_that_only_passes_is_followed_all_the_same(replayed: Replayed) -> None:
    picture = bytes(range(256)) * 40
    outcome = replayed(Talk().hello().up(get()).down(answer(picture, kind="image/png")).bye().packets)
    assert [b.sha256 for b in outcome.ledger.bodies] == [sha256(picture).hexdigest()]


def test_a_page_that_breaks_off_is_read_as_far_as_it_came(replayed: Replayed) -> None:
    page = b"<p>" + WORDS.encode() + b"</p>" + b"<p>more</p>" * 500
    for sent in (answer(page), answer(gzip.compress(page), Content_Encoding="gzip")):
        outcome = replayed(Talk().hello().up(get()).down(sent[:-20]).bye().packets)
        assert len(outcome.detections) == 1
        assert outcome.unread[("answers", "parts of them are missing")] == 1


@pytest.mark.parametrize("says_how_long", [True, False])
def test_a_very_long_page_is_not_kept_and_its_beginning_is_read(replayed: Replayed, says_how_long: bool) -> None:
    page = b"<p>" + WORDS.encode() + b"</p>" + b"<p>and so on</p>" * 400_000
    until_the_end = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    talk = Talk(mss=60_000).hello().up(get()).down(answer(page) if says_how_long else until_the_end).bye()
    outcome = replayed(talk.packets)
    assert len(outcome.detections) == 1
    assert outcome.unread == {("messages", "large"): 1}
    assert [b.bytes for b in outcome.ledger.bodies] == [len(page)]
