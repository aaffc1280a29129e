import pytest

from appliance.updates.offer import Offer, of_version


def test_an_offer_survives_the_way():
    offer = of_version("0.1.0-abc123", "What is new")
    assert Offer.of_json(offer.to_json()) == offer


@pytest.mark.parametrize(
    "content",
    [
        b"nonsense",
        b"[]",
        b"{}",
        b'{"version": "../../etc", "archive": "gatehouse-../../etc.tar.gz"}',
        b'{"version": "1", "archive": "other.tar.gz"}',
        b'{"version": "1", "archive": "gatehouse-1.tar.gz", "more": "x"}',
    ],
)
def test_what_cannot_be_an_offer_is_refused(content):
    with pytest.raises(ValueError, match="cannot be understood"):
        Offer.of_json(content)
