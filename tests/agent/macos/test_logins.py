from datetime import UTC, datetime

from agent.macos.logins import ConsoleLogins

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)


def test_whoever_has_the_console_is_signed_in_until_another_has_it() -> None:
    owner = 0
    logins = ConsoleLogins(lambda: NOW, lambda: owner, lambda uid: f"pupil{uid}")
    assert logins.now() == ()
    owner = 501
    (first,) = logins.now()
    assert (first.account, first.uid, first.since) == ("pupil501", 501, NOW)
    assert logins.now() == (first,)
    owner = 502
    assert [each.account for each in logins.now()] == ["pupil502"]
    owner = 501
    (again,) = logins.now()
    assert again.id != first.id
