import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection.extract.mail import addresses_in, read_mail
from tests.detection.extract.mail.mails import mail, multipart, part


def test_a_mail_says_who_wrote_what_to_whom() -> None:
    read = read_mail(mail(subject="=?utf-8?q?Caf=C3=A9?="))
    assert (read.subject, read.sender, read.addresses) == ("Café", "Sam Green <sam@school.example>",
                                                           ("alex@home.example",))  # fmt: skip
    assert (read.own, read.quoted) == ("See you at the river.", "")
    assert (read.message_id, read.root, read.is_answer) == ("one@school.example", "one@school.example", False)


@pytest.mark.parametrize(
    ("field", "subject"),
    [("References: <first@x> <second@x>", "Re: Saturday"), ("In-Reply-To: <first@x>", "AW: Re[2]: Saturday")],
)
def test_an_answer_belongs_to_the_mail_it_answers(field: str, subject: str) -> None:
    read = read_mail(mail("x", field, subject=subject))
    assert (read.root, read.topic, read.conversation, read.is_answer) == ("first@x", "Saturday", "Saturday", True)


def test_without_a_subject_the_first_mail_names_the_conversation() -> None:
    assert read_mail(mail(subject="")).conversation == "one@school.example"


def test_of_two_forms_of_the_same_one_is_read() -> None:
    both = multipart("alternative", part("See you there."), part("<p>See you there.</p>", "text/html"))
    assert read_mail(both).own == "See you there."


def test_a_plain_form_that_says_nothing_gives_way() -> None:
    both = multipart("alternative", part("HTML only"), part("<p>See you at the old bridge.</p>", "text/html"))
    assert read_mail(both).own == "See you at the old bridge."


def test_attached_files_and_mails_stand_apart() -> None:
    inner = mail("inner words", subject="inner").decode()
    read = read_mail(
        multipart(
            "mixed",
            part("the words"),
            part("aGVsbG8=", 'text/plain; name="plan.txt"', "Content-Transfer-Encoding: base64"),
            part(inner, "message/rfc822"),
        )
    )
    assert read.own == "the words"
    assert [(file.name, file.media_type, file.content) for file in read.attachments] == [
        ("plan.txt", "text/plain", b"hello")
    ]
    assert [(each.subject, each.own) for each in read.enclosed] == [("inner", "inner words")]


def test_mails_in_mails_come_to_an_end() -> None:
    deep = mail("deepest")
    for _ in range(50):
        deep = b"Content-Type: message/rfc822\r\n\r\n" + deep
    depth, read = 0, read_mail(deep)
    while read.enclosed:
        depth, read = depth + 1, read.enclosed[0]
    assert depth == 3


def test_addresses_are_found_once_each() -> None:
    assert addresses_in('"A, B" <A@x.test>, b@y.test', "a@x.test") == ("a@x.test", "b@y.test")


@given(st.binary())
def test_any_bytes_are_answered(raw: bytes) -> None:
    read_mail(raw)
    read_mail(mail() + raw)


PIECES = (
    "--b1\r\n",
    "--b1--\r\n",
    "\r\n",
    "Content-Type: multipart/alternative; boundary=b1\r\n",
    "Content-Type: message/rfc822\r\n",
    "Content-Type: text/html\r\n",
    "<p>x",
    "=?utf-8?b?",
)


@given(st.lists(st.sampled_from(PIECES)))
def test_any_pieces_are_answered(pieces: list[str]) -> None:
    read_mail(multipart("mixed", "".join(pieces)))
