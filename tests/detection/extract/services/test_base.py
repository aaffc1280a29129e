from detection.extract.services.base import Service, known, silent
from detection.extract.services.shapes import objects
from detection.observation import Channel
from tests.detection.extract.factories import frame, said, shown, written

SERVICE = Service(
    name="Talk",
    hosts=("talk.example",),
    known=(
        known(r"/rooms/(?P<conversation>\w+)", objects(Channel.MESSAGE, text="words"), sent=True, method="POST"),
        silent(r"/typing"),
        silent(r"/suggest", method="GET"),
        silent(r"/events", when=lambda call: "ping" in call.text),
    ),
)
URL = "https://talk.example/rooms/r1"


def test_a_known_message_is_read_with_the_conversation_its_address_names() -> None:
    (passage,) = SERVICE.read(written({"words": "hello there"}, url=URL)) or []
    assert (passage.channel, passage.text, passage.conversation) == (Channel.MESSAGE, "hello there", "r1")


def test_what_is_of_no_known_kind_is_left_to_the_general_readers() -> None:
    assert SERVICE.read(shown({"words": "hello there"}, url=URL)) is None
    assert SERVICE.read(written({"words": "hello there"}, url=URL, method="PUT")) is None
    assert SERVICE.read(frame('{"words": "hello there"}', url=URL)) is None


def test_a_shape_that_has_changed_is_left_to_the_general_readers() -> None:
    assert SERVICE.read(written({"body": "hello there"}, url=URL)) is None


def test_what_holds_nobodys_words_says_nothing() -> None:
    assert SERVICE.read(written({"text": "hello there"}, url="https://talk.example/typing")) == []


def test_silence_may_be_for_one_method_alone() -> None:
    assert SERVICE.read(written(url="https://talk.example/suggest?q=hel")) == []
    assert SERVICE.read(written({"text": "hello there"}, url="https://talk.example/suggest")) is None


def test_of_messages_at_one_address_some_may_say_nothing() -> None:
    assert SERVICE.read(written({"ping": "hello there"}, url="https://talk.example/events")) == []
    assert SERVICE.read(written({"text": "hello there"}, url="https://talk.example/events")) is None


def test_a_changed_shape_of_a_shipped_service_is_still_read_and_named() -> None:
    changed = written({"message": "hello there"}, url="https://discord.com/api/v9/channels/4411/messages")
    assert said(changed) == [(Channel.MESSAGE, "hello there")]
