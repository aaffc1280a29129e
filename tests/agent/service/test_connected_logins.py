"""Where no system says who signed in, whoever is connected is taken to be."""

from datetime import UTC, datetime

from agent.service.connected_logins import ConnectedLogins

NOW = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)


def test_somebody_is_signed_in_from_the_first_connection_to_the_last() -> None:
    changes = list[None]()
    logins = ConnectedLogins(lambda: NOW)
    logins.start(lambda: changes.append(None))
    logins.came(1000, "pupil")
    logins.came(1000, "pupil")
    (login,) = logins.now()
    assert (login.uid, login.account, login.since) == (1000, "pupil", NOW)
    logins.went(1000, "pupil")
    assert len(tuple(logins.now())) == 1
    logins.went(1000, "pupil")
    assert logins.now() == ()
    assert len(changes) == 2
    logins.came(1000, "pupil")
    (again,) = logins.now()
    assert again.id != login.id
    logins.stop()
