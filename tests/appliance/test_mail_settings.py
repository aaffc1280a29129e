"""How alerts are sent: what would send a password in the clear, or to nobody, is refused."""

from pathlib import Path

import pytest

from appliance.mail_settings import MailSettings


def test_a_server_and_a_sender_are_enough() -> None:
    assert MailSettings(host="mail.oak.example", sender="gatehouse@oak.example").starttls


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"sender": "gatehouse"}, "e-mail address"),
        ({"user": "gatehouse"}, "come together"),
        ({"password_file": Path("secret")}, "come together"),
        ({"user": "gatehouse", "password_file": Path("secret"), "starttls": False}, "not sent in the clear"),
    ],
)
def test_what_cannot_work_is_refused(more: dict[str, object], said: str) -> None:
    given = {"host": "mail.oak.example", "sender": "gatehouse@oak.example"} | more
    with pytest.raises(ValueError, match=said):
        MailSettings(**given)  # type: ignore[arg-type]
