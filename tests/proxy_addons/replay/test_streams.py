from collections import Counter

from proxy_addons.replay.segments import segments
from proxy_addons.replay.streams import Reassembly, Side, What
from tests.proxy_addons.replay.factories import Talk, captured


def heard(talk: Talk) -> tuple[bytes, bytes]:
    """What the client and the server said."""
    unread: Counter[tuple[str, str]] = Counter()
    said = {Side.CLIENT: b"", Side.SERVER: b""}
    for event in Reassembly(unread).events(segments(captured(talk.packets), unread)):
        if event.what is What.DATA:
            said[event.side] += event.data
    return said[Side.CLIENT], said[Side.SERVER]


def test_both_sides_are_put_together_in_order() -> None:
    talk = Talk(mss=3).hello().up(b"one, two, three").down(b"four, five").bye()
    assert heard(talk) == (b"one, two, three", b"four, five")
    talk.packets[3:8] = reversed(talk.packets[3:8])
    assert heard(talk) == (b"one, two, three", b"four, five")
