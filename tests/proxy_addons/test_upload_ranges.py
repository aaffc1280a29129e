import pytest

from proxy_addons.upload_ranges import MOST_UPLOADS, SECONDS, UploadRanges, begins_later, ends_early


def ranges(**limits):
    return UploadRanges(**{"most_of_one": 100, "most": 1000} | limits)


def test_a_file_is_put_together_from_its_ranges():
    made = ranges()
    assert made.add("a", "bytes 0-3/8", b"see ", 0) is None
    assert made.wants("a", "bytes 4-7/8")
    assert made.add("a", "bytes 4-7/8", b"you.", 1) == (b"see you.", True)
    assert made.size == 0


@pytest.mark.parametrize("whole", ["", "bytes */8", "bytes 0-6/7"])
def test_what_comes_at_once_is_the_file(whole):
    assert ranges().add("a", whole, b"see you", 0) == (b"see you", True)


def test_uploads_are_kept_apart():
    made = ranges()
    made.add("a", "bytes 0-3/8", b"see ", 0)
    assert not made.wants("b", "bytes 4-7/8")
    assert made.add("b", "bytes 4-7/8", b"you.", 1) is None


def test_a_range_that_does_not_fit_ends_it():
    made = ranges()
    made.add("a", "bytes 0-3/8", b"see ", 0)
    assert made.add("a", "bytes 6-7/8", b"u.", 1) is None
    assert not made.wants("a", "bytes 4-7/8")
    assert made.lost == 1


def test_of_a_long_file_the_beginning_is_kept():
    made = ranges(most_of_one=6)
    made.add("a", "bytes 0-3/*", b"see ", 0)
    made.add("a", "bytes 4-7/*", b"you.", 1)
    assert made.add("a", "bytes 8-9/10", b"!!", 2) == (b"see yo", False)


def test_more_than_is_kept_of_all_costs_the_oldest():
    made = ranges(most=10)
    made.add("a", "bytes 0-5/99", b"see yo", 0)
    made.add("b", "bytes 0-5/99", b"see yo", 1)
    assert (made.wants("a", "bytes 6-7/99"), made.wants("b", "bytes 6-7/99"), made.size) == (False, True, 6)


def test_too_many_cost_the_oldest():
    made = ranges()
    for number in range(MOST_UPLOADS + 1):
        made.add(str(number), "bytes 0-0/9", b"x", number)
    assert made.size == MOST_UPLOADS


def test_one_that_is_never_finished_is_forgotten():
    made = ranges()
    made.add("a", "bytes 0-3/8", b"see ", 0)
    made.forget(SECONDS + 1)
    assert (made.size, made.lost) == (0, 1)


@pytest.mark.parametrize(
    ("content_range", "later", "early"),
    [
        ("", False, False),
        ("bytes 0-7/8", False, False),
        ("bytes 0-6/8", False, True),
        ("bytes 0-6/*", False, True),
        ("bytes 4-7/8", True, False),
    ],
)
def test_of_a_part_it_is_known_what_is_missing(content_range, later, early):
    assert (begins_later(content_range), ends_early(content_range)) == (later, early)
