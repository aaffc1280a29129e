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
