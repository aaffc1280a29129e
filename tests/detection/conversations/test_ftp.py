import pytest

from detection.conversations.ftp import Ftp
from tests.detection.conversations.talks import hear, turns


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("STOR a/b/my diary.txt", [">|file-name|||my diary.txt"]),
        ("MKD our plans/", [">|file-name|||our plans"]),
        ("RNTO café.txt", [">|file-name|||café.txt"]),
        ("RETR the plan.txt", ["<|file-name|||the plan.txt"]),
        ("PASS my diary.txt", []),
        ("ACCT my diary.txt", []),
        ("CWD my diary", []),
    ],
)
def test_files_are_named(command: str, said: list[str]) -> None:
    assert hear(Ftp(), turns("< 220 x", f"> {command}")) == said


@pytest.mark.parametrize(("code", "unseen"), [("234", "encrypted"), ("534", None)])
def test_the_turn_to_encryption_is_noticed(code: str, unseen: str | None) -> None:
    files = Ftp()
    hear(files, turns("< 220 x", "> AUTH TLS", f"< {code} x"))
    assert files.unseen == unseen


def agreed(*lines: str) -> list[tuple[str, int, str, str | None]]:
    files = Ftp()
    hear(files, turns("< 220 x", *lines))
    return [(each.host, each.port, each.name, each.direction) for each in files.transfers]


def test_where_a_file_goes_is_known_with_what_it_is_called_and_who_sends_it() -> None:
    listens = ("> PASV", "< 227 listening (192,0,2,9,195,80)")
    assert agreed(*listens, "> STOR a/my diary.txt") == [("192.0.2.9", 50000, "my diary.txt", "written")]
    assert agreed("> EPSV", "< 229 ok (|||50001|)", "> RETR plan.txt") == [("", 50001, "plan.txt", "shown")]
    assert agreed("> PORT 192,0,2,7,195,80", "< 200 ok", "> RETR x y") == [("192.0.2.7", 50000, "x y", "shown")]


def test_a_listing_and_a_file_that_is_refused_are_no_files() -> None:
    listens = ("> PASV", "< 227 listening (192,0,2,9,195,80)")
    assert agreed(*listens, "> LIST", "< 150 x", "< 226 x") == [("192.0.2.9", 50000, "", None)]
    assert agreed(*listens, "> RETR plan.txt", "< 550 no such file") == [("192.0.2.9", 50000, "plan.txt", None)]
    assert agreed("> PASV", "< 500 no (192,0,2,9,195,80)") == []
