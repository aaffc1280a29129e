from typing import Any

import pytest

from detection.extract import extract
from detection.observation import Channel
from tests.detection.extract.factories import shown, written

URL = "https://moodle.school.example/lib/ajax/service.php?sesskey=6f1d2c&info=x"


def call(method: str, args: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"index": 0, "methodname": method, "args": args}]


@pytest.mark.parametrize(
    ("method", "args", "channel", "text", "conversation"),
    [
        ("core_message_send_messages_to_conversation", {"conversationid": 77, "messages": [{"text": "see you there"}]},
         Channel.MESSAGE, "see you there", "77"),
        ("core_message_send_instant_messages", {"messages": [{"touserid": 7, "text": "see you there"}]},
         Channel.MESSAGE, "see you there", "7"),
        ("mod_forum_add_discussion_post", {"postid": 44, "message": "<p>two</p>", "subject": "Re: Birds"},
         Channel.POST, "Re: Birds\n\ntwo", "44"),
        ("core_comment_add_comments", {"comments": [{"component": "block", "content": "well done", "itemid": 5}]},
         Channel.POST, "well done", "5"),
    ],
)  # fmt: skip
def test_what_is_written_is_read_with_where_it_belongs(
    method: str, args: dict[str, Any], channel: Channel, text: str, conversation: str
) -> None:
    (said,) = extract(written(call(method, args), url=URL))
    assert (said.channel, said.text, said.conversation) == (channel, text, conversation)


def test_a_conversation_that_is_shown_keeps_who_wrote_what() -> None:
    talk = {
        "id": 77,
        "members": [{"id": 7, "fullname": "Sam K", "profileurl": "https://moodle.school.example/user/?id=7"}],
        "messages": [{"id": 1, "useridfrom": 7, "text": "<p>see you there</p>", "timecreated": 1756713600}],
    }
    (said,) = extract(shown([{"error": False, "data": talk}], url=URL))
    assert (said.channel, said.text, said.author, said.conversation) == (
        Channel.MESSAGE,
        "see you there",
        "Sam K",
        "77",
    )


def test_any_other_call_is_read_as_any_json() -> None:
    (said,) = extract(written(call("mod_note_add", {"note": "remember the book"}), url=URL))
    assert (said.channel, said.text) == (Channel.POST, "remember the book")
    (said,) = extract(shown([{"error": False, "data": {"summary": "A course about birds"}}], url=URL))
    assert (said.channel, said.text) == (Channel.PAGE, "A course about birds")
