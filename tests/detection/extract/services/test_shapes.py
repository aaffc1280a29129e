from detection.extract.services.call import Call
from detection.extract.services.shapes import field, in_path, named, objects, parameter, passage, together
from detection.observation import Channel
from tests.detection.extract.factories import shown, written


def test_each_object_says_its_words_with_who_and_where() -> None:
    read = objects(Channel.MESSAGE, each="items[]", text="body.text", author="by|from.name", conversation="room")
    body = {"room": "r1", "items": [{"body": {"text": "hello"}, "from": {"name": "Sam"}}, {"body": {}}]}
    (said,) = read(Call.of(shown(body)))
    assert (said.text, said.author, said.conversation) == ("hello", "Sam", "r1")


def test_several_pieces_of_one_object_are_one_text() -> None:
    (said,) = objects(Channel.PROMPT, text="parts[]")(Call.of(written({"parts": ["hello", "there"]})))
    assert said.text == "hello\nthere"


def test_the_first_field_that_says_something_counts() -> None:
    form = written("a=&b=hello&c=there&to=r1", "application/x-www-form-urlencoded")
    (said,) = field(Channel.POST, "a", "b", "c", conversation="to")(Call.of(form))
    assert (said.text, said.conversation) == ("hello", "r1")


def test_a_parameter_of_the_address_is_read() -> None:
    (said,) = parameter(Channel.SEARCH, "q")(Call.of(written(url="https://s.example/?q=how+do+bees+sleep")))
    assert said.text == "how do bees sleep"


def test_a_parameter_is_not_read_of_a_further_page() -> None:
    read = parameter(Channel.SEARCH, "q", unless=("offset",))
    assert [said.text for said in read(Call.of(written(url="https://s.example/?q=bees&offset=0")))] == ["bees"]
    assert list(read(Call.of(written(url="https://s.example/?q=bees&offset=20")))) == []


def test_words_of_the_path_are_read_with_their_spaces() -> None:
    read = in_path(Channel.SEARCH, r"/search/(?P<words>[^/]+)", spaces="+-")
    (said,) = read(Call.of(written(url="https://s.example/search/how-do+bees%20sleep")))
    assert said.text == "how do bees sleep"
    assert list(read(Call.of(written(url="https://s.example/other/bees")))) == []


def test_an_identifier_is_nothing_said() -> None:
    assert passage(Channel.MESSAGE, "3f2504e0-4f89-11d3-9a0c-0305e82c3301") is None
    assert passage(Channel.MESSAGE, " ") is None
    assert passage(Channel.MESSAGE, "<b>ok</b>") is not None


def test_messages_are_told_apart_by_a_name_in_them() -> None:
    typing = named("event", "typing", "ping")
    assert typing(Call.of(shown('{"event": "typing"}\n{"event": "ping"}', "application/json")))
    assert not typing(Call.of(shown('{"event": "typing"}\n{"event": "says"}', "application/json")))
    assert not typing(Call.of(shown("typing", "application/json")))


def test_what_stands_in_several_places_of_an_object_is_one_thing_said() -> None:
    read = together(Channel.POST, "title", "body.text", each="[]", author="by", conversation="room")
    body = [{"title": "Hello", "body": {"text": "<p>to <b>all</b></p>"}, "by": "Sam", "room": 7}, {"title": "Bye"}, {}]
    assert [(said.text, said.author, said.conversation) for said in read(Call.of(shown(body)))] == [
        ("Hello\n\nto all", "Sam", "7"),
        ("Bye", "", ""),
    ]
