from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxy_addons.replay.tls.messages import LONGEST, Message, Messages
from proxy_addons.replay.tls.records import TlsError

TWO = b"\x02\x00\x00\x03abc" + b"\x08\x00\x00\x00"


@given(st.lists(st.integers(0, len(TWO))))
def test_messages_are_the_same_however_records_split_and_pack_them(cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(TWO)]
    messages = Messages()
    found = [m for start, end in pairwise(edges) for m in messages.feed(TWO[start:end])]
    assert found == [Message(2, b"abc"), Message(8, b"")]


def test_what_says_that_it_is_too_long_is_not_waited_for() -> None:
    with pytest.raises(TlsError, match="too long"):
        list(Messages().feed(b"\x0b" + LONGEST.to_bytes(3, "big")))
