import time

import pytest

from detection.extract.mail.webmail import mail_text, own_words


@pytest.mark.parametrize(
    "body",
    [
        '<div dir="ltr">see you there</div><br><div class="gmail_quote"><div class="gmail_attr">Sam wrote:</div>'
        '<blockquote class="gmail_quote">who comes?</blockquote></div>',
        '<p>see you there</p><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> Sam</div>who comes?',
        "<blockquote>who comes?</blockquote><p>see you there</p>",
        "> who comes?\nsee you there",
        "see you there",
        "<p>see you there</p>",
    ],
)
def test_what_is_quoted_is_left_out(body: str) -> None:
    assert own_words(body) == "see you there"


def test_a_new_mail_is_read_with_its_subject_and_an_answer_without() -> None:
    assert mail_text("Saturday", "<p>at ten?</p>", written=True) == "Saturday\n\nat ten?"
    assert mail_text("Re: Saturday", "<p>at ten!</p>", written=True) == "at ten!"
    assert mail_text("Re: Saturday", "<p>at ten!</p>", written=False) == "Re: Saturday\n\nat ten!"


def test_a_mail_passed_on_without_a_word_is_nothing_written_but_something_shown() -> None:
    body = '<div class="gmail_quote">the earlier mail</div>'
    assert mail_text("Fwd: Saturday", body, written=True) == ""
    assert mail_text("Fwd: Saturday", body, written=False) == "Fwd: Saturday\n\nthe earlier mail"


def test_a_hostile_body_is_read_in_bounded_time() -> None:
    began = time.process_time()
    own_words("<div " * 200_000)
    own_words("<blockquote>" * 100_000)
    assert time.process_time() - began < 10
