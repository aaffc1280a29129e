from detection.conversations.dotted import Dotted


def test_a_text_ends_with_a_dot_and_doubled_dots_are_single() -> None:
    text = Dotted()
    assert [text.ends_with(line) for line in (b"one", b"..two", b"", b".")] == [False, False, False, True]
    assert text.text == b"one\r\n.two\r\n"


def test_of_a_long_text_the_first_part_is_kept() -> None:
    text = Dotted(most=8)
    for _ in range(5):
        text.ends_with(b"four")
    assert (text.text, text.size) == (b"four\r\nfo", 6)
