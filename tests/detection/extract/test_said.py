import pytest

from detection.extract.base import Passage
from detection.extract.said import Said
from detection.observation import Channel, Direction


@pytest.mark.parametrize("direction", list(Direction))
def test_only_what_the_person_wrote_is_written(direction: Direction) -> None:
    said = Said(Passage(channel=Channel.MESSAGE, text="hello"), direction)
    assert said.is_written == (direction is Direction.WRITTEN)
