import pytest

from detection.personal_information.email_address import email_addresses


@pytest.mark.parametrize(
    "text",
    [
        "my email is jo.bloggs@example.org",
        "my school email: jo.bloggs@example.org",
        "email me on jo.bloggs@example.org!",
        "add me jo.bloggs@example.org",
        "msg me at jo.bloggs@example.org",
        "mine is jo.bloggs@example.org",
    ],
)
def test_the_writers_address_is_found_and_shown_in_part(text: str) -> None:
    (finding,) = email_addresses(text)
    assert text[finding.start : finding.end] == "jo.bloggs@example.org"
    assert (finding.shown, finding.own) == ("j•••@example.org", True)


@pytest.mark.parametrize(
    "text", ["ask jo.bloggs@example.org", "jo.bloggs@example.org", "send the file to jo@example.org"]
)
def test_whose_it_is_must_be_said(text: str) -> None:
    assert [finding.own for finding in email_addresses(text)] == [False]


@pytest.mark.parametrize(
    "text",
    [
        "my email is broken",
        "my email is no-reply@example.org",
        "email me, or support@example.org",
        "@jo.bloggs is my handle",
        "a@b",
        "me@home",
        "jo@@example.org is my email",
    ],
)
def test_what_is_no_persons_address_is_not(text: str) -> None:
    assert list(email_addresses(text)) == []
