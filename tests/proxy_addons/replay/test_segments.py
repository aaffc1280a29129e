from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from proxy_addons.replay.capture_file import Packet
from proxy_addons.replay.segments import segments
from tests.proxy_addons.replay.factories import Talk, captured

LINKS = [0, 1, 9, 12, 14, 101, 108, 113, 228, 229, 276, 127]


def test_a_segment_has_its_ends_its_place_and_its_bytes() -> None:
    unread: Counter[tuple[str, str]] = Counter()
    (segment, _) = segments(captured(Talk().up(b"hello").packets), unread)
    assert (segment.source_port, segment.target_port, segment.sequence, segment.payload) == (40000, 80, 1000, b"hello")
    assert not unread


@given(st.sampled_from(LINKS), st.binary(max_size=120))
def test_no_packet_whatever_is_in_it_stops_a_replay(link: int, data: bytes) -> None:
    unread: Counter[tuple[str, str]] = Counter()
    found = list(segments([Packet(0.0, link, data)], unread))
    assert len(found) + unread.total() == 1
