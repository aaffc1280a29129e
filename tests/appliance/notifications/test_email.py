"""Alerts arrive at a real mail server, and its refusals are understood."""

import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from appliance.mail_settings import MailSettings
from appliance.notifications.base import Alert, SendError
from appliance.notifications.email import Email
from tests.appliance import certificates, mailbox
from tests.appliance.factories import NOON
from tests.appliance.mailbox import Mailbox


@pytest.fixture
def server() -> Iterator[Mailbox]:
    with mailbox.running() as running:
        yield running


def email(server: Mailbox, **more: Any) -> Email:
    plain: dict[str, Any] = {"host": "127.0.0.1", "sender": "Gatehouse <gatehouse@school.example>", "starttls": False}
    return Email(MailSettings(**plain | {"port": server.port} | more))


def alert(**fields: Any) -> Alert:
    plain: dict[str, Any] = {
        "id": 7,
        "recipient": "dsl@school.example",
        "subject": "Level 5 incident 12 is waiting",
        "body": "It should be looked at now.\n\nhttps://gatehouse.school.example/incidents/12",
        "created_at": NOON,
    }
    return Alert(**plain | fields)


def test_it_arrives_with_the_link(server: Mailbox) -> None:
    email(server).send(alert())
    [message] = server.messages
    assert (message["To"], message["Subject"]) == ("dsl@school.example", "Level 5 incident 12 is waiting")
    assert "https://gatehouse.school.example/incidents/12" in message.get_content()


def test_sent_twice_it_can_be_told_for_the_same(server: Mailbox) -> None:
    for _ in range(2):
        email(server).send(alert())
    email(server).send(alert(id=8))
    first, again, other = [message["Message-ID"] for message in server.messages]
    assert first == again == "<notification-7-1772625600@school.example>"
    assert other != first


@pytest.mark.parametrize(("answer", "permanent"), [("550 no such person", True), ("450 mailbox is full", False)])
def test_a_refused_recipient_is_for_good_or_for_now(server: Mailbox, answer: str, permanent: bool) -> None:
    server.refuse["dsl@school.example"] = answer
    with pytest.raises(SendError, match="was refused") as refused:
        email(server).send(alert())
    assert refused.value.permanent == permanent


def test_a_refused_message_is_tried_again(server: Mailbox) -> None:
    server.answer = "451 later"
    with pytest.raises(SendError, match="answered 451") as refused:
        email(server).send(alert())
    assert not refused.value.permanent


def test_a_server_that_is_not_there_is_tried_again() -> None:
    with pytest.raises(SendError, match="cannot be reached") as refused:
        email(Mailbox(port=1)).send(alert())
    assert not refused.value.permanent


def test_a_server_without_encryption_is_not_trusted_with_the_alert(server: Mailbox) -> None:
    with pytest.raises(SendError, match="does not answer"):
        email(server, starttls=True).send(alert())
    assert server.messages == []


class TestWithEncryption:
    @pytest.fixture
    def server(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
        certificate, key = certificates.write(tmp_path)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        with mailbox.running(tls_context=context, auth_required=True, require_starttls=True) as running:
            yield running

    def test_it_logs_in_and_arrives(self, server: Mailbox, tmp_path: Path) -> None:
        password = tmp_path / "password"
        password.write_text("right\n")
        email(server, starttls=True, user="gatehouse", password_file=password).send(alert())
        assert server.passwords == [b"right"]
        assert len(server.messages) == 1

    def test_a_wrong_password_is_tried_again_once_it_is_put_right(self, server: Mailbox, tmp_path: Path) -> None:
        password = tmp_path / "password"
        password.write_text("wrong")
        with pytest.raises(SendError, match="user name or password") as refused:
            email(server, starttls=True, user="gatehouse", password_file=password).send(alert())
        assert not refused.value.permanent

    def test_another_servers_certificate_gets_no_password(
        self, server: Mailbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("SSL_CERT_FILE")
        password = tmp_path / "password"
        password.write_text("right")
        with pytest.raises(SendError, match="SSLCertVerificationError"):
            email(server, starttls=True, user="gatehouse", password_file=password).send(alert())
        assert server.passwords == []
