import pytest

from detection.extract.mail.mail_file import MailFile
from detection.observation import Channel, Direction
from tests.detection.extract.factories import said, shown, written
from tests.detection.extract.mail.mails import mail


@pytest.mark.parametrize(
    ("media_type", "url", "handled"),
    [
        ("message/rfc822", "https://mail.example/get", True),
        ("application/octet-stream", "https://mail.example/note.EML?x=1", True),
        ("text/plain", "https://mail.example/note.txt", False),
        ("image/png", "https://mail.example/note.eml", False),
    ],
)
def test_a_mail_is_known_by_its_type_or_its_name(media_type: str, url: str, handled: bool) -> None:
    assert MailFile().handles(shown(mail(), media_type, url=url)) == handled


def test_what_a_mail_file_quotes_is_left_out_of_what_was_sent_up() -> None:
    raw = mail("look\n-----Original Message-----\nshall we?")
    assert [p.text for p in MailFile().passages(written(raw, "message/rfc822"))] == ["Saturday\n\nlook"]
    (came,) = MailFile().passages(shown(raw, "message/rfc822"))
    assert (came.author, Direction.SHOWN) == ("Sam Green <sam@school.example>", Direction.SHOWN)


def test_a_mail_is_read_wherever_it_comes_from() -> None:
    assert said(shown(mail(), "message/rfc822")) == [(Channel.MAIL, "Saturday\n\nSee you at the river.")]
