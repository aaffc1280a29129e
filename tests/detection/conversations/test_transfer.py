import pytest

from detection.conversations.transfer import place_of


@pytest.mark.parametrize(
    ("said", "place"),
    [
        (b"227 Entering Passive Mode (192,0,2,9,195,80).", ("192.0.2.9", 50000)),
        (b"227 ok 192,0,2,9,195,80", ("192.0.2.9", 50000)),
        (b"192,0,2,7,0,21", ("192.0.2.7", 21)),
        (b"229 Entering Extended Passive Mode (|||50000|)", ("", 50000)),
        (b"|1|192.0.2.7|50000|", ("192.0.2.7", 50000)),
        (b"|2|2001:DB8::7|50000|", ("2001:db8::7", 50000)),
    ],
)
def test_where_a_file_goes_is_told_in_every_way_there_is(said: bytes, place: tuple[str, int]) -> None:
    found = place_of(said)
    assert found
    assert (found.host, found.port) == place


@pytest.mark.parametrize(
    "said", [b"", b"227 no", b"192,0,2,700,0,21", b"192,0,2,7,0,0", b"229 (|||99999|)", b"229 (|||0|)", b"|1||5|"]
)
def test_what_names_no_place_names_none(said: bytes) -> None:
    assert place_of(said) is None
