import pytest

from proxy_addons.replay import http1_pairing
from proxy_addons.replay.http1_pairing import Pairing


def asked(*methods: str, at_once: bool = False, is_lost: bool = False) -> Pairing:
    """One after the other: each but the last was answered, as far as one can know, before the next was asked."""
    pairing = Pairing()
    for method in methods:
        pairing.ask(method, while_answering=at_once, is_lost=is_lost or not at_once)
    return pairing


def test_answers_belong_to_requests_in_their_order() -> None:
    pairing = asked("GET", "HEAD", "POST")
    assert pairing.first is not None
    assert pairing.first.method == "GET"
    assert [each.method for each in iter(pairing.answer, None)] == ["GET", "HEAD", "POST"]
    assert pairing.first is None


def test_every_request_has_a_stream_of_its_own_as_a_client_numbers_them() -> None:
    pairing = Pairing()
    assert pairing.is_empty
    ids = [pairing.new("GET").id, pairing.ask("GET", while_answering=False, is_lost=False).id, pairing.new("GET").id]
    assert ids == [1, 3, 5]
    assert not pairing.is_empty


def test_behind_a_hole_the_answer_is_that_of_the_last_request() -> None:
    pairing = asked("GET", "HEAD", "POST")
    assert pairing.missed(behind_hole=False) == []
    assert [each.method for each in pairing.missed(behind_hole=True)] == ["GET", "HEAD"]
    answered = pairing.answer()
    assert answered is not None
    assert answered.method == "POST"


def test_behind_a_hole_no_answer_is_guessed_at_where_several_were_asked_at_once() -> None:
    pairing = asked("GET", "HEAD", at_once=True)
    assert [each.method for each in pairing.missed(behind_hole=True)] == ["GET", "HEAD"]
    assert pairing.answer() is None


def test_the_one_that_waits_alone_is_answered_behind_a_hole_too() -> None:
    assert asked("GET", at_once=True).missed(behind_hole=True) == []


def test_the_oldest_is_forgotten_where_too_many_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http1_pairing, "MOST_UNANSWERED", 2)
    pairing = asked("GET", "HEAD")
    assert pairing.forgotten() is None
    pairing.ask("POST", while_answering=False, is_lost=False)
    forgotten = pairing.forgotten()
    assert forgotten is not None
    assert forgotten.method == "GET"
    assert pairing.forgotten() is None
