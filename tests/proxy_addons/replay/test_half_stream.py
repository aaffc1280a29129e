import pytest

from proxy_addons.replay.half_stream import OVERHEAD, WINDOW, HalfStream, Waiting


def begun(sequence: int = 100) -> HalfStream:
    half = HalfStream()
    half.begin(sequence)
    return half


@pytest.mark.parametrize(
    ("base", "sequence", "position"),
    [(100, 100, 0), (100, 150, 50), (100, 90, -10), (2**32 - 10, 5, 15), (5, 2**32 - 5, -10), (0, WINDOW, None)],
)
def test_a_sequence_number_is_a_place_across_the_wrap(base: int, sequence: int, position: int | None) -> None:
    assert begun(base).position(sequence) == position


def test_places_go_on_beyond_what_a_sequence_number_can_count() -> None:
    half = begun(0)
    half.offset = (1 << 32) + 10
    assert half.position(12) == (1 << 32) + 12


def test_nothing_has_a_place_before_anything_was_seen() -> None:
    assert HalfStream().position(7) is None


def test_what_waits_comes_in_order_of_place_and_without_what_was_told() -> None:
    half = begun()
    half.wait(Waiting(4, 1, 0.0, 0, b"efgh"))
    half.wait(Waiting(0, 2, 0.0, 0, b"abcdef"))
    assert half.waiting_bytes == 10 + 2 * OVERHEAD
    first = half.take()
    assert (first.position, first.payload) == (0, b"abcdef")
    half.offset = 6
    assert half.take().payload == b"gh"
    assert (half.first, half.waiting_bytes) == (None, 0)


def test_a_fresh_handshake_moves_only_what_has_not_begun() -> None:
    half = begun(100)
    half.begin(500)
    assert half.base == 500
    half.offset = 1
    half.begin(900)
    assert half.base == 500
