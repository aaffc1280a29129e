from detection.decoding.pieces import Decoded, Deeper, Piece
from detection.pieces_sent import Joined
from detection.reading import Reading


def test_what_is_decoded_and_what_is_put_together_are_read_alike() -> None:
    once = Decoded("QQ", [Piece(0, 2, "rr")], "one script")
    readings: list[Reading] = [once, Deeper(once, Decoded("rr", [Piece(0, 2, "hi")], "another")), Joined((), "hi")]
    assert [reading.text for reading in readings] == ["rr", "hi", "hi"]
    assert [reading.origin(0, 2) for reading in readings] == [(0, 2), (0, 2), None]
