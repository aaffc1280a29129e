from proxy_addons.replay.watchdog_counts import read_of, unread_of

COUNTS = {
    "flows": 9,
    "lookups": 3,
    "conversations.imap": 2,
    "conversations.smtp": 5,
    "unread.timeout": 1,
    "bypassed.health": 4,
    "faults.replay": 1,
}


def test_what_was_not_read_is_told_with_its_reason() -> None:
    assert unread_of(COUNTS) == {
        ("messages", "timeout"): 1,
        ("messages to hosts that are never opened", "health"): 4,
        ("faults of ours", "replay"): 1,
    }


def test_conversations_are_counted_together_whatever_they_are_in() -> None:
    assert read_of(COUNTS) == {"conversations": 7, "lookups": 3}
    assert read_of({}) == {"conversations": 0, "lookups": 0}
