import json

import pytest

from detection.observation import Channel
from tests.detection.extract.factories import said, shown, written

ENGINE = "https://site.example/socket.io/?EIO=4&transport=polling&sid=a"
SOCKJS = "https://site.example/sockjs/123/ab12cd"
SAYS = '42["message",{"text":"see you \\u0061t the river"}]'
TEXT = [(Channel.MESSAGE, "see you at the river")]


@pytest.mark.parametrize(
    "body", [SAYS, f'{SAYS}\x1e42["typing",1]\x1e2', f"{len(SAYS)}:{SAYS}", f"1:2{len(SAYS)}:{SAYS}"]
)
def test_a_chat_that_polls_is_read_as_one_with_a_socket(body: str) -> None:
    assert said(written(body, "text/plain", url=ENGINE)) == TEXT
    assert said(shown(body, "text/plain", url=ENGINE)) == TEXT


def test_sockjs_is_read_in_both_directions() -> None:
    line = json.dumps([json.dumps({"text": "see you at the river"})])
    assert said(written(line, "text/plain", url=f"{SOCKJS}/xhr_send")) == TEXT
    assert said(shown(f"o\na{line}\nh\n", "application/javascript", url=f"{SOCKJS}/xhr_streaming")) == TEXT


@pytest.mark.parametrize("body", ["2", "", "40", '0{"sid":"a","upgrades":["websocket"]}', "99999:4", "b4AAEC"])
def test_what_only_keeps_it_going_says_nothing(body: str) -> None:
    assert said(shown(body, "text/plain", url=ENGINE)) == []


def test_another_body_at_such_an_address_is_read_as_what_it_is() -> None:
    assert said(written({"text": "see you"}, url=ENGINE)) == [(Channel.POST, "see you")]
