import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection.extract.sendbird import is_sendbird
from detection.observation import Channel, Direction
from tests.detection.extract.factories import frame, only, said

ROOM = "sendbird_group_channel_7"
OWN = json.dumps({"v1": {"preview_collapsed": False, "highlights": [], "message_body": "hello you"}})
SENT = {"channel_url": ROOM, "message": "hello you", "data": OWN, "mention_type": "users", "req_id": "17"}
CAME = SENT | {"user": {"nickname": "Sam", "guest_id": "t2_a"}, "message_id": 8, "channel_type": "group", "ts": 17}


def test_what_is_sent_is_said_once_in_its_room() -> None:
    passage = only(frame(f"MESG{json.dumps(SENT)}\n"))
    assert (passage.channel, passage.text, passage.conversation, passage.author) == (
        Channel.MESSAGE, "hello you", ROOM, ""
    )  # fmt: skip


@pytest.mark.parametrize("command", ["MESG", "MEDI", "BRDM"])
def test_what_comes_names_who_said_it(command: str) -> None:
    passage = only(frame(f"{command}{json.dumps(CAME)}", Direction.SHOWN))
    assert (passage.text, passage.conversation, passage.author) == ("hello you", ROOM, "Sam")


def test_what_only_the_app_s_own_data_says_is_read_too() -> None:
    own = json.dumps({"caption": "see you there"})
    assert said(frame(f"MESG{json.dumps(SENT | {'data': own})}")) == [
        (Channel.MESSAGE, "hello you"),
        (Channel.MESSAGE, "see you there"),
    ]
    assert said(frame(f"MESG{json.dumps(SENT | {'message': '', 'data': own})}")) == [(Channel.MESSAGE, "see you there")]


@pytest.mark.parametrize("line", ["LOGI{}", "PING{}", "MESG", "MESG[]", "message{}"])
def test_other_commands_are_none_of_its(line: str) -> None:
    assert not is_sendbird(line)


@given(st.text(alphabet='{}[]":,\\ ab', max_size=60))
def test_any_text_behind_the_command_is_answered(text: str) -> None:
    said(frame("MESG{" + text))
