import pytest

from proxy_addons.replay.http1_beginning import Beginning, beginning
from proxy_addons.replay.http1_grammar import RESPONSES
from proxy_addons.replay.http1_pairing import Http1Exchange, Pairing
from proxy_addons.replay.http1_parts import Framing
from proxy_addons.replay.http1_reader import Http1Reader

HEAD, PAGE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n", b"<p>Apples"


def asked(*targets: str) -> Pairing:
    """One request for each; a target is that of a CONNECT."""
    pairing = Pairing()
    for target in targets:
        pairing.ask("GET", while_answering=False, is_lost=False).target = target
    return pairing


@pytest.mark.parametrize(
    ("data", "pairing", "begun"),
    [
        (HEAD, asked(""), Beginning.USUAL),
        (HEAD, asked(), Beginning.USUAL),
        (PAGE, asked(""), Beginning.HEADLESS),
        (PAGE, asked("news.test:443"), Beginning.USUAL),
        (PAGE, asked(), Beginning.HEADLESS),
    ],
    ids=["answer", "answer to nothing", "without a head", "to a CONNECT", "the middle of one"],
)
def test_the_first_bytes_of_a_server_tell_what_begins(data: bytes, pairing: Pairing, begun: Beginning) -> None:
    assert beginning(data, Http1Reader(RESPONSES), pairing, None) is begun


@pytest.mark.parametrize(
    ("headless", "waiting", "data", "begun"),
    [
        (True, asked(""), HEAD, Beginning.NEXT),
        (True, asked(""), PAGE, Beginning.USUAL),
        (True, asked(), HEAD, Beginning.USUAL),
        (False, asked(""), HEAD, Beginning.USUAL),
    ],
    ids=["another was asked", "more of it", "nothing else was asked", "its head tells its end"],
)
def test_a_head_ends_an_answer_without_one_if_another_is_waited_for(
    headless: bool, waiting: Pairing, data: bytes, begun: Beginning
) -> None:
    server = Http1Reader(RESPONSES)
    list(server.go_on(Framing.UNTIL_END))
    answering = Http1Exchange(99, headless=headless)
    assert beginning(data, server, waiting, answering) is begun


def test_a_head_ends_a_body_that_should_have_come_in_chunks() -> None:
    server = Http1Reader(RESPONSES)
    list(server.go_on(Framing.CHUNKED))
    list(server.feed(PAGE))
    assert server.is_unchunked
    assert beginning(HEAD, server, asked(), Http1Exchange(99)) is Beginning.NEXT
