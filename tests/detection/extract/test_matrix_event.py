import pytest

from detection.extract.matrix_event import is_content, is_room, words


def test_a_messages_words_are_its_body() -> None:
    assert words({"msgtype": "m.text", "body": "see you"}) == "see you"
    assert words({"msgtype": "m.image"}) == ""


def test_of_an_edit_the_new_words_count() -> None:
    edit = {"body": "* see you soon", "msgtype": "m.text", "m.new_content": {"body": "see you soon"}}
    assert words({**edit}) == "see you soon"


def test_what_an_answer_quotes_is_left_out() -> None:
    assert words({"body": "> <@sam:x.example> who has it\n> anybody\n\nnot me", "msgtype": "m.text"}) == "not me"
    assert words({"body": "> is a sign", "msgtype": "m.text"}) == "> is a sign"


def test_of_a_vote_the_question_and_the_choices_count() -> None:
    vote = {"question": {"m.text": [{"body": "which one"}]}, "answers": [{"m.id": "a", "m.text": [{"body": "this"}]}]}
    assert words({"m.text": [{"body": "which one\n1. this"}], "m.poll": {**vote}}) == "which one\nthis"
    draft = {"question": {"body": "which one"}, "answers": [{"id": "a", "org.matrix.msc1767.text": "that"}, "?"]}
    assert words({"org.matrix.msc3381.poll.start": {**draft}}) == "which one\nthat"
    assert words({"m.new_content": {"org.matrix.msc3381.poll.start": {**draft}}}) == "which one\nthat"
    assert words({"m.poll": {"question": [], "answers": 3}}) == ""


def test_content_has_a_body_and_a_type() -> None:
    assert is_content({"msgtype": "m.text", "body": "hi"})
    assert not is_content({"body": "hi"})


@pytest.mark.parametrize(("key", "room"), [("!ab:x.example", True), ("!abc", True), ("ab", False), ("! a", False)])
def test_a_key_may_name_a_room(key: str, room: bool) -> None:
    assert is_room(key) is room
