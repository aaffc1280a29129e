import pytest

from proxy_addons.endless import MOST, Endless
from tests.proxy_addons.factories import flow

PUSH = "https://chat.test/push?since=1"


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def endless(clock):
    return Endless(clock)


def answer(url=PUSH, kind="text/plain", **headers):
    made = flow(url=url, answer=b"", answer_headers={"content-type": kind}, **headers)
    made.response.timestamp_start = 1000.0
    return made


@pytest.mark.parametrize(
    ("url", "kind", "goes_on"),
    [
        (PUSH, "text/event-stream", True),
        (PUSH, "application/x-ndjson; charset=utf-8", True),
        (PUSH, "application/json", False),
        (PUSH, "text/plain", False),
        ("https://docs.test/bind?VER=8&RID=rpc&SID=x&TYPE=xmlhttp", "text/plain", True),
        ("https://docs.test/bind?VER=8&RID=4711&SID=x", "text/plain", False),
    ],
)
def test_some_answers_are_known_to_go_on(endless, url, kind, goes_on):
    assert endless.expected(answer(url, kind)) is goes_on


def test_an_address_that_did_not_come_to_an_end_is_not_held_back_again(endless, clock):
    clock.now += 11
    endless.learn(answer())
    assert endless.expected(answer("https://chat.test/push?since=2"))
    assert not endless.expected(answer("https://chat.test/other"))


def test_an_answer_in_good_time_changes_nothing(endless, clock):
    clock.now += 9
    endless.learn(answer())
    assert not endless.expected(answer())


def test_a_slow_page_is_held_back_all_the_same(endless, clock):
    clock.now += 60
    endless.learn(answer(sec_fetch_dest="document"))
    assert not endless.expected(answer(sec_fetch_dest="document"))


def test_no_more_addresses_are_remembered_than_there_is_room_for(endless, clock):
    clock.now += 11
    for number in range(MOST + 1):
        endless.learn(answer(f"https://chat.test/{number}"))
    assert not endless.expected(answer("https://chat.test/0"))
    assert endless.expected(answer(f"https://chat.test/{MOST}"))
