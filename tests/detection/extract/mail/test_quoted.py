import time

import pytest

from detection.extract.mail.quoted import parted


@pytest.mark.parametrize(
    ("text", "own", "quoted"),
    [
        ("see you", "see you", ""),
        ("yes\n> shall we?\nat five", "yes\nat five", "shall we?"),
        ("yes\n\nOn Mon, 1 Sep 2025 at 10:00, Jo <jo@x.test> wrote:\n> shall we?\n", "yes", "shall we?"),
        ("yes\n\nOn Mon, 1 Sep 2025 at 10:00, Jo\n<jo@x.test> wrote:\n\nshall we?\n", "yes", "shall we?"),
        ("On 1 Sep Jo wrote:\n> shall we?\nbelow it", "below it", "shall we?"),
        ("ja\nAm 01.09.2025 um 10:00 schrieb Jo:\n> wollen wir?", "ja", "wollen wir?"),
        ("yes\n-----Original Message-----\nFrom: Jo\nshall we?", "yes", "From: Jo\nshall we?"),
        ("yes\nFrom: Jo\nSent: Monday\nTo: Sam\nshall we?", "yes", "Sent: Monday\nTo: Sam\nshall we?"),
        ("---------- Forwarded message ---------\nshall we?", "", "shall we?"),
        ("On the wall somebody wrote:\nhello", "On the wall somebody wrote:\nhello", ""),
        ("From: all of us\nwith love", "From: all of us\nwith love", ""),
        ("yes\n-- \nSam", "yes\n-- \nSam", ""),
    ],
)
def test_what_is_quoted_is_told_from_what_is_written(text: str, own: str, quoted: str) -> None:
    assert parted(text) == (own, quoted)


def test_purpose_made_lines_take_no_longer() -> None:
    began = time.process_time()
    parted(("On 1 " + "wrote " * 95 + "x:\n") * 2000)
    parted("> " * 250_000)
    assert time.process_time() - began < 10
