from detection.extract.services.call import Call
from detection.extract.services.deeper import anywhere, in_form, in_query, joined
from detection.extract.services.shapes import objects
from detection.observation import Channel
from tests.detection.extract.factories import shown, written

FORM = "application/x-www-form-urlencoded"


def test_an_object_is_read_wherever_it_lies() -> None:
    read = anywhere(Channel.PAGE, "words", text="words.plain", author="by", conversation="room", without=("ad",))
    body = {"x": [{"y": {"words": {"plain": "hello"}, "by": "Sam", "room": 7}}, {"ad": 1, "words": {"plain": "buy"}}]}
    (said,) = read(Call.of(shown(body)))
    assert (said.text, said.author, said.conversation) == ("hello", "Sam", "7")


def test_json_in_a_forms_field_is_opened() -> None:
    read = in_form(Channel.POST, "data.title", "data.text", conversation="data.to")
    form = written("data=%7B%22title%22%3A%22hi%22%2C%22text%22%3A%22how+are+you%22%2C%22to%22%3A%22r1%22%7D", FORM)
    (said,) = read(Call.of(form))
    assert (said.text, said.conversation) == ("hi\nhow are you", "r1")


def test_a_form_that_says_nothing_is_nothing_said() -> None:
    assert list(in_form(Channel.POST, "data.text")(Call.of(written("data=%7B", FORM)))) == []


def test_the_query_may_name_the_conversation() -> None:
    read = in_query("room", objects(Channel.MESSAGE, each="[]", text="text"))
    named, unnamed = (shown([{"text": "hello"}], url=f"https://talk.example/{q}") for q in ("?room=r1", ""))
    assert [said.conversation for call in (named, unnamed) for said in read(Call.of(call))] == ["r1", ""]


def test_pieces_of_a_text_keep_the_spaces_between_them() -> None:
    assert joined({"runs": [{"text": "so "}, {"text": 1}, {"text": "good "}]}, "runs[].text") == "so good"
