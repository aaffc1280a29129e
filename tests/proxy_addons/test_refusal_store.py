import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from proxy_addons import refusal_store
from proxy_addons.refusal_judgement import QUIET, WINDOW
from proxy_addons.refusal_store import AUTOMATIC, DENIED, Event, Pass, RefusalStore

NOW = datetime(2027, 1, 12, 9, tzinfo=UTC)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "refusals.db"


def refused(device="10.0.0.1", host="app.test", client="k"):
    return Event(client, host, device, False)


def accepted(device="10.0.0.1", host="forum.test", client="browser"):
    return Event(client, host, device, True)


def add(file, *events, at=NOW):
    with RefusalStore.open(file) as store:
        store.add(events, at)


def seen(file):
    with RefusalStore.open(file) as store:
        return [(each.host, each.devices, each.refusals) for each in store.refused()]


def test_a_device_counts_once_it_refused_twice_and_accepted_anything(file):
    add(file, *[refused()] * 2, *[refused("10.0.0.2")] * 2, refused("10.0.0.3"), accepted(), accepted("10.0.0.3"))
    assert seen(file) == [("app.test", 1, 3)]
    add(file, refused("10.0.0.3"), accepted("10.0.0.2"))
    assert seen(file) == [("app.test", 3, 6)]


def test_what_was_accepted_is_known_of_a_kind_and_a_host_and_not_of_another(file):
    add(file, accepted())
    with RefusalStore.open(file) as store:
        assert store.accepted("browser", "forum.test")
        assert store.accepted("browser")
        assert not store.accepted("browser", "app.test")
        assert not store.accepted("k", "forum.test")
        assert (store.trusts("10.0.0.1"), store.trusts("10.0.0.2")) == (True, False)


def test_everything_is_forgotten_when_it_counts_no_more(file):
    add(file, *[refused()] * 2, accepted())
    with RefusalStore.open(file) as store:
        store.forget(NOW + WINDOW + timedelta(days=1, seconds=1))
        assert (store.refused(), store.trusts("10.0.0.1"), store.accepted("browser")) == ([], False, True)
        store.forget(NOW + QUIET + timedelta(days=1, seconds=1))
        assert not store.accepted("browser")


def test_no_made_up_names_fill_the_disk(file, monkeypatch):
    monkeypatch.setattr(refusal_store, "MOST_REFUSED", 10)
    for second in range(30):
        add(file, refused(host=f"h{second}.test"), at=NOW + timedelta(seconds=second))
    with RefusalStore.open(file) as store:
        store.add([accepted()], NOW)
        store.forget(NOW)
        assert [each.host for each in store.refused()] == [f"h{second}.test" for second in range(20, 30)]


def test_neither_an_address_nor_an_accepted_host_is_in_the_file(file):
    add(file, refused(), accepted())
    kept = b"".join(each.read_bytes() for each in file.parent.iterdir())
    assert b"app.test" in kept
    assert b"forum.test" not in kept
    assert b"10.0.0.1" not in kept


def test_the_same_device_is_another_hash_at_another_school(tmp_path):
    hashes = []
    for name in "ab":
        add(tmp_path / name, refused())
        with closing(sqlite3.connect(tmp_path / name)) as db, db:
            hashes.append(db.execute("select device from refused").fetchone())
    assert hashes[0] != hashes[1]


def test_only_its_owner_reads_it(file):
    add(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_pass_is_kept_as_it_was_put_and_ends(file):
    one = Pass(client="k", host="app.test", state=AUTOMATIC, since=NOW, until=NOW + timedelta(days=30))
    for_ever = Pass(client="k", host="b.test", state=DENIED, since=NOW, until=None, by="m.hughes", why="A game.")
    with RefusalStore.open(file) as store:
        store.put(one)
        store.put(for_ever)
    with RefusalStore.open(file) as store:
        assert store.passes() == [one, for_ever]
        assert [each.counts(NOW) for each in store.passes()] == [True, False]
        assert not one.counts(NOW + timedelta(days=30))
        assert not one.counts(NOW - timedelta(days=300))  # a clock that was a year ahead made it
        store.forget(NOW + timedelta(days=31))
        assert store.passes() == [for_ever]
        store.end("k", "b.test")
        assert store.passes() == []


def test_what_fails_midway_leaves_nothing_behind(file):
    def events():
        yield accepted()
        yield from [refused()] * 2
        raise RuntimeError

    with pytest.raises(RuntimeError):
        _add_as_they_come(file, events())
    assert seen(file) == []


def _add_as_they_come(file, events):
    with RefusalStore.open(file) as store:
        store.add(events, NOW)


def test_which_kinds_of_clients_refused_at_a_device_is_known_and_not_what(file):
    add(file, refused(), refused(), refused(client="other"), refused("10.0.0.2", client="third"))
    with RefusalStore.open(file) as store:
        assert store.kinds_of("10.0.0.1") == {"k", "other"}
