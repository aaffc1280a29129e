from io import BytesIO

import pytest
from PIL import Image

from appliance.sample.pictures import picture


@pytest.mark.parametrize("name", ["hills-a", "pitch-a", "city-a", "portrait-a", "shapes-a", "anything"])
def test_a_picture_has_the_size_asked_for_and_more_than_one_colour(name: str) -> None:
    with Image.open(BytesIO(picture(name, 160, 90))) as image:
        assert (image.format, image.size) == ("JPEG", (160, 90))
        assert len(set(image.resize((16, 9)).convert("RGB").get_flattened_data())) > 10


def test_the_same_name_is_the_same_picture_and_another_is_another() -> None:
    first = picture("hills-a", 64, 48)
    picture.cache_clear()
    assert picture("hills-a", 64, 48) == first
    assert picture("hills-b", 64, 48) != first
