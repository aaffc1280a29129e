import pytest

from detection.extract.mail import read_mail
from detection.extract.mail.said import said_in
from detection.extract.said import Said
from detection.observation import Channel, Direction
from tests.detection.extract.mail.mails import mail, multipart, part

W, S = Direction.WRITTEN, Direction.SHOWN


def said(raw: bytes, direction: Direction = W) -> list[Said]:
    return list(said_in(read_mail(raw), direction, "SMTP"))


def texts(found: list[Said]) -> list[tuple[Channel, Direction, str]]:
    return [(each.passage.channel, each.direction, each.passage.text) for each in found]


def test_a_mail_that_is_sent_is_the_persons_own() -> None:
    (only,) = said(mail())
    assert texts([only]) == [(Channel.MAIL, W, "Saturday\n\nSee you at the river.")]
    assert (only.passage.app, only.passage.author, only.passage.conversation) == ("SMTP", "", "Saturday")


def test_a_mail_that_came_has_its_author() -> None:
    (only,) = said(mail(), S)
    assert (only.direction, only.passage.author) == (S, "Sam Green <sam@school.example>")


def test_an_answer_says_only_what_is_new_in_it() -> None:
    answer = mail("yes\n> shall we?", "In-Reply-To: <zero@x>", subject="Re: what they asked")
    assert texts(said(answer)) == [(Channel.MAIL, W, "yes")]


def test_what_is_passed_on_is_not_the_persons_own() -> None:
    forwarded = mail("look\n---------- Forwarded message ---------\nshall we?")
    assert texts(said(forwarded)) == [(Channel.MAIL, W, "Saturday\n\nlook"), (Channel.MAIL, S, "shall we?")]


def test_files_speak_by_name_and_content() -> None:
    with_file = multipart("mixed", part("words"), part("in the file", 'text/plain; name="my plan.txt"'))
    assert texts(said(with_file))[1:] == [(Channel.FILE_NAME, W, "my plan.txt"), (Channel.DOCUMENT, W, "in the file")]


def test_an_attached_document_is_handed_over_for_others_to_read() -> None:
    with_file = multipart("mixed", part("%PDF-1.4 x", "application/pdf; name=a.pdf"))
    found = list(said_in(read_mail(with_file), W, "SMTP"))
    (document,) = [said for said in found if said.passage.channel is Channel.DOCUMENT]
    assert (document.passage.text, document.direction) == ("", W)
    assert document.file.startswith(b"%PDF-1.4 x")


@pytest.mark.parametrize(
    ("raw", "direction"),
    [
        (mail().replace(b"alex@home.example", b"help@childline.org.uk"), W),
        (mail().replace(b"alex@home.example", b"help@childline.org.uk"), S),
        (mail().replace(b"sam@school.example", b"sam@samaritans.org"), S),
    ],
)
def test_a_mail_to_or_from_a_helpline_is_nobodys_business(raw: bytes, direction: Direction) -> None:
    assert said(raw, direction) == []
    assert said(raw.replace(b"\r\nSubject", b", jo@x.test\r\nSubject").replace(b"samaritans.org", b"x.test"), direction)
