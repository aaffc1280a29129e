import pytest

from detection.conversations.nntp import Nntp
from tests.detection.conversations.talks import MAIL, MORE_MAIL, hear, turns

POSTED = tuple(f"> {line}" for line in (*MAIL, "see you", "."))


def test_a_body_alone_is_shown_and_a_head_alone_is_not() -> None:
    head = tuple(f"< {line}" for line in (*MORE_MAIL[:-1], "."))
    spoken = turns("< 201 x", "> HEAD 1", "< 221 x", *head, "> BODY 1", "< 222 x", "< see: you", "< .")
    assert hear(Nntp(), spoken) == ["<|post|||see: you"]


def test_an_article_that_is_refused_is_none() -> None:
    spoken = turns("< 200 x", "> POST", "< 440 no", "> POST", "< 340 go", *POSTED)
    assert hear(Nntp(), spoken) == [">|post|Saturday||Saturday\n\nsee you"]


@pytest.mark.parametrize(
    ("command", "code", "unseen"),
    [("STARTTLS", "382", "encrypted"), ("COMPRESS DEFLATE", "206", "packed"), ("STARTTLS", "580", None)],
)
def test_the_turn_to_encryption_or_packing_is_noticed(command: str, code: str, unseen: str | None) -> None:
    news = Nntp()
    hear(news, turns("< 200 x", f"> {command}", f"< {code} x"))
    assert news.unseen == unseen
