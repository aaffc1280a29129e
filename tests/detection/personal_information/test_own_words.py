import pytest

from detection.personal_information.own_words import own_words


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("see you at 5", "see you at 5"),
        ("yes\n> my number is 1\nok", "yes\n\nok"),
        ("yes\n\nOn Monday Jo wrote:\nring 1", "yes"),
        ("yes\n-----Original Message-----\nring 1", "yes"),
        ("yes\n-- \nJo\nring 1", "yes"),
        ("yes\nKind regards,\nJo\nring 1", "yes"),
        ("yes\nBest wishes\nJo", "yes"),
        ("yes\nThanks,\nJo\n1", "yes"),
        ("yes\nYours sincerely\nJo", "yes"),
        ("yes\nSent from my phone", "yes"),
        ("thanks for that, my number is 1", "thanks for that, my number is 1"),
        ("best of luck\nring 1", "best of luck\nring 1"),
    ],
)
def test_what_is_quoted_and_what_is_signed_is_left_out(text: str, own: str) -> None:
    left = own_words(text)
    assert len(left) == len(text)
    assert left.split() == own.split()
