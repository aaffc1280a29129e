"""What is due is sent, the gravest first; what fails is tried again, and in the end the console says so."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from appliance import chain_check, store
from appliance.entry_kinds import EntryKind
from appliance.mail_settings import MailSettings
from appliance.models import (
    Entry,
    Notification,
    NotificationChannel,
    NotificationKind,
    NotificationState,
    Organisation,
)
from appliance.notifications.banner import Banner
from appliance.notifications.base import Alert, SendError, Transport
from appliance.notifications.email import Email
from appliance.sending import BACK_OFF, LEASE, Sender
from tests.appliance import factories, mailbox
from tests.appliance.factories import NOON

URL = "https://gatehouse.school.example"


@dataclass
class Post:
    """A way of telling that remembers what it was given, and fails as long as it is told to."""

    sent: list[Alert] = field(default_factory=list)
    fail: SendError | None = None

    def send(self, alert: Alert) -> None:
        if self.fail:
            raise self.fail
        self.sent.append(alert)


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def sender(sessions: sessionmaker[Session], post: Post) -> Sender:
    transports: dict[NotificationChannel, Transport] = {
        NotificationChannel.BANNER: Banner(),
        NotificationChannel.EMAIL: post,
    }
    return Sender(sessions, transports, f"{URL}/")


def due(session: Session, of: Organisation, key: str = "1", **fields: Any) -> Notification:
    plain: dict[str, Any] = {
        "organisation_id": of.id,
        "key": key,
        "kind": NotificationKind.INCIDENT,
        "channel": NotificationChannel.EMAIL,
        "recipient": "dsl@school.example",
        "severity": 4,
        "subject": "Level 4 incident 1 is waiting",
        "body": "Incident 1, level 4 of 5.",
        "created_at": NOON,
        "next_at": NOON,
    }
    row = Notification(**plain | fields)
    session.add(row)
    session.flush()
    return row


def filed(sessions: sessionmaker[Session], **fields: Any) -> int:
    with sessions.begin() as session:
        oak = factories.school(session)
        incident = factories.incident(session, oak)
        return due(session, oak, incident_id=incident.id, **fields).id


def state(sessions: sessionmaker[Session], id: int) -> tuple[NotificationState, int, datetime]:
    with sessions() as session:
        row = session.get_one(Notification, id)
        return row.state, row.tries, row.next_at


def send_all(sender: Sender, now: datetime) -> None:
    while sender.send_one(now):
        pass


def warnings(sessions: sessionmaker[Session]) -> list[NotificationState]:
    with sessions() as session:
        wanted = select(Notification.state).where(Notification.kind == NotificationKind.HEALTH)
        return list(session.scalars(wanted))


def test_it_is_sent_once_with_its_link_and_noted(sender: Sender, post: Post, sessions: sessionmaker[Session]) -> None:
    id = filed(sessions)
    assert [sender.send_one(NOON), sender.send_one(NOON)] == [True, False]
    [alert] = post.sent
    assert alert.body == f"Incident 1, level 4 of 5.\n\n{URL}/incidents/1"
    assert state(sessions, id)[0] is NotificationState.SENT
    with sessions() as session:
        [entry] = session.scalars(select(Entry))
        assert (entry.kind, entry.actor, entry.incident_id) == (EntryKind.TOLD, "worker", 1)
        assert chain_check.faults(session, 1) == []


def test_the_gravest_goes_first(sender: Sender, post: Post, sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        oak = factories.school(session)
        for key, severity in (("a", 4), ("b", 5), ("c", 4)):
            due(session, oak, key, severity=severity, subject=key)
    send_all(sender, NOON)
    assert [alert.subject for alert in post.sent] == ["b", "a", "c"]


def test_a_failure_is_tried_again_later_and_later(sender: Sender, post: Post, sessions: sessionmaker[Session]) -> None:
    id, now = filed(sessions), NOON
    post.fail = SendError("the mail server answered 451")
    for tries, wait in enumerate(BACK_OFF, 1):
        send_all(sender, now)
        assert state(sessions, id) == (NotificationState.DUE, tries, now + wait)
        now += wait
    sender.send_one(now)
    assert state(sessions, id)[:2] == (NotificationState.FAILED, len(BACK_OFF) + 1)
    assert not sender.send_one(now + timedelta(days=1))


def test_lasting_failure_is_put_before_everyone_until_mail_gets_out_again(
    sender: Sender, post: Post, sessions: sessionmaker[Session]
) -> None:
    filed(sessions)
    post.fail = SendError("the mail server answered 451")
    for n in range(3):
        assert warnings(sessions) == []
        sender.send_one(NOON + n * timedelta(hours=1))
    assert warnings(sessions) == [NotificationState.DUE]
    post.fail = None
    send_all(sender, NOON + timedelta(days=1))
    assert warnings(sessions) == [NotificationState.DISMISSED]


def test_a_failure_for_good_is_not_tried_again(sender: Sender, post: Post, sessions: sessionmaker[Session]) -> None:
    id = filed(sessions)
    post.fail = SendError("dsl@school.example was refused (550)", permanent=True)
    sender.send_one(NOON)
    assert state(sessions, id)[:2] == (NotificationState.FAILED, 1)
    assert warnings(sessions) == [NotificationState.DUE]
    with sessions() as session:
        assert session.scalars(select(Entry.kind)).all() == [EntryKind.NOT_TOLD]


def test_without_a_mail_server_the_console_says_that_nobody_is_mailed(sessions: sessionmaker[Session]) -> None:
    sender = Sender(sessions, {NotificationChannel.BANNER: Banner()}, URL)
    id = filed(sessions)
    sender.send_one(NOON)
    assert state(sessions, id)[0] is NotificationState.FAILED
    sender.send_one(NOON)
    assert warnings(sessions) == [NotificationState.SENT]


def test_a_worker_killed_while_sending_is_taken_over_from(
    sender: Sender, post: Post, sessions: sessionmaker[Session]
) -> None:
    id = filed(sessions)

    class Killed(BaseException):
        pass

    post.send = _raising(Killed())  # type: ignore[method-assign]
    with pytest.raises(Killed):
        sender.send_one(NOON)
    del post.send
    assert not sender.send_one(NOON + LEASE - timedelta(seconds=1))
    assert sender.send_one(NOON + LEASE)
    assert [alert.id for alert in post.sent] == [id]


def test_two_workers_send_each_alert_once(every_url: str) -> None:
    sessions, post = store.sessions(every_url), Post()
    with sessions.begin() as session:
        oak = factories.school(session)
        for n in range(20):
            due(session, oak, str(n))
    sender = Sender(sessions, {NotificationChannel.EMAIL: post}, URL)

    def work(_: int) -> None:
        send_all(sender, NOON)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert sorted(alert.id for alert in post.sent) == list(range(1, 21))
    sessions.kw["bind"].dispose()


def test_a_dismissed_banner_stays_dismissed(sender: Sender, sessions: sessionmaker[Session]) -> None:
    id = filed(sessions, channel=NotificationChannel.BANNER, state=NotificationState.DISMISSED)
    assert not sender.send_one(NOON)
    assert state(sessions, id)[0] is NotificationState.DISMISSED


@pytest.fixture
def server() -> Iterator[mailbox.Mailbox]:
    with mailbox.running() as running:
        yield running


def test_it_arrives_at_a_real_mail_server(sessions: sessionmaker[Session], server: mailbox.Mailbox) -> None:
    settings = MailSettings(host="127.0.0.1", port=server.port, sender="gatehouse@school.example", starttls=False)
    filed(sessions)
    Sender(sessions, {NotificationChannel.EMAIL: Email(settings)}, URL).send_one(NOON)
    [message] = server.messages
    assert f"{URL}/incidents/1" in message.get_content()


def _raising(error: BaseException) -> Any:
    def send(_: Alert) -> None:
        raise error

    return send
