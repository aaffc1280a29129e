import pytest

from detection.marked_text import Piece, Stretch, merged, pieces, stretch


@pytest.mark.parametrize(
    ("ranges", "found"),
    [
        ([(3, 5), (1, 4)], [(1, 5)]),
        ([(1, 2), (2, 3)], [(1, 3)]),
        ([(4, 5), (1, 2)], [(1, 2), (4, 5)]),
        ([(2, 2), (5, 3)], []),
        ([(1, 9), (2, 3)], [(1, 9)]),
    ],
)
def test_ranges_that_meet_are_one(ranges, found):
    assert merged(ranges) == found


@pytest.mark.parametrize(
    ("window", "marks", "found"),
    [
        ((0, 11), [(3, 7)], [Piece("oh "), Piece("dear", True), Piece(" me!")]),
        ((3, 7), [(3, 7)], [Piece("dear", True)]),
        ((3, 11), [(0, 2), (8, 10)], [Piece("dear "), Piece("me", True), Piece("!")]),
        ((0, 2), [(3, 7)], [Piece("oh")]),
        ((4, 4), [], []),
    ],
)
def test_a_window_is_told_piece_by_piece(window, marks, found):
    assert list(pieces("oh dear me!", window, marks)) == found


def test_a_stretch_says_on_which_side_something_was_left_out():
    assert stretch("oh dear me!", (3, 7), [(3, 7)]) == Stretch((Piece("dear", True),), True, True)
    assert stretch("oh dear", (0, 7), []) == Stretch((Piece("oh dear"),), False, False)
