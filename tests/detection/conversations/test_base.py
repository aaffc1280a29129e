import pytest

from detection.conversations.base import Reads
from detection.conversations.recognition import Not, recognised
from tests.detection.conversations.talks import TALKS


@pytest.mark.parametrize("name", TALKS)
def test_every_reader_is_called_what_people_call_its_protocol(name: str) -> None:
    sides = [b"".join(data for is_client, data in TALKS[name].turns if is_client is side) for side in (True, False)]
    made = recognised(*sides)
    assert not isinstance(made, Not)
    reads: Reads = made()
    assert (reads.name, reads.unseen, reads.size) == (name, None, 0)
