"""A mail to a helpline alone is told from one that also goes to somebody else."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from detection.extract.base import Message
from detection.helpline_mail import is_to_a_helpline
from detection.observation import Direction

HELP, FRIEND = "jo@samaritans.org", "sam@school.test"
FORM, JSON = "application/x-www-form-urlencoded", "application/json"


def message(kind: str, body: str | bytes, direction: Direction = Direction.WRITTEN) -> Message:
    content = body if isinstance(body, bytes) else body.encode()
    return Message(url="https://mail.test/send", method="POST", media_type=kind, body=content, direction=direction)


def in_json(*to: str, **more: Any) -> Message:
    return message(
        JSON, json.dumps({"Message": {"ToRecipients": [{"EmailAddress": {"Address": a}} for a in to]}} | more)
    )


def in_form(**fields: str) -> Message:
    return message(FORM, urlencode(fields))


PARTS = b'--b\r\nContent-Disposition: form-data; name="to"\r\n\r\njo@samaritans.org\r\n--b--\r\n'


@pytest.mark.parametrize(
    "mail",
    [
        in_json(HELP),
        in_json(HELP, cc_recipients=["help@childline.org.uk"]),
        in_form(to=f"Jo <{HELP}>", body="i want to talk"),
        message("multipart/form-data", PARTS),
    ],
)
def test_a_mail_to_helplines_alone_is_theirs(mail: Message) -> None:
    assert is_to_a_helpline(mail)


@pytest.mark.parametrize(
    "mail",
    [
        in_json(HELP, FRIEND),
        in_json(FRIEND, body=HELP),
        in_json(FRIEND, cc=[HELP]),
        in_form(to=FRIEND, body=f"write to {HELP}"),
        in_form(message=f"{HELP} nobody likes you"),
        in_form(to="Jo", body=f"{HELP}"),
        in_form(to="jo@notsamaritans.org"),
        message(JSON, f'{{"to": "{HELP}'),
        message(JSON, "[" * 5000 + f'"{HELP}"'),
        message("text/plain", f"to: {HELP}"),
        message(FORM, urlencode({"to": HELP}) + "&a=b" * 600),
        message(FORM, urlencode({"to": HELP}), Direction.SHOWN),
    ],
)
def test_naming_a_helpline_hides_nothing_that_is_for_somebody_else(mail: Message) -> None:
    assert not is_to_a_helpline(mail)
