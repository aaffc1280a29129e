"""What belongs to no message is told where it may be words, and no more of it than memory allows."""

import pytest

from proxy_addons.replay.http1_parts import Kind, Part
from proxy_addons.replay.http1_strays import MOST_STRAY, Strays


def test_it_is_told_as_it_is() -> None:
    strays = Strays()
    assert list(strays.take(b"220 mail.test ready\r\n", behind_hole=False)) == [
        Part(Kind.STRAY, b"220 mail.test ready\r\n")
    ]
    assert strays.skipped == 0


@pytest.mark.parametrize(("stray", "behind_hole"), [(b"ab \r\n", False), (b"220 mail.test ready\r\n", True)])
def test_what_is_too_short_or_of_nobody_knows_what_is_counted(stray: bytes, behind_hole: bool) -> None:
    strays = Strays()
    assert list(strays.take(stray, behind_hole=behind_hole)) == []
    assert strays.skipped == len(stray)


def test_no_more_is_told_than_memory_allows() -> None:
    strays = Strays()
    told = [part for _ in range(20) for part in strays.take(b"x" * 100_000, behind_hole=False)]
    assert sum(len(part.data) for part in told) <= MOST_STRAY
    assert strays.skipped + sum(len(part.data) for part in told) == 2_000_000
