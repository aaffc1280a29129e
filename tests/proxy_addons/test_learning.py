import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from proxy_addons.client_class import client_class
from proxy_addons.learning import MOST_WAITING, Learning
from proxy_addons.live_lists import LiveLists
from proxy_addons.refusal_judgement import SITES
from proxy_addons.refusal_store import DENIED, Event, Pass, RefusalStore
from proxy_addons.watchdog import Watchdog
from tests.proxy_addons.test_client_class import real_hello

HELLO = real_hello()
KIND = client_class(HELLO)
START = datetime(2027, 1, 12, 9, tzinfo=UTC)


class Clock:
    now = START

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def make(tmp_path, clock):
    (tmp_path / "lists").mkdir()

    def made(**options):
        lists = LiveLists(tmp_path / "lists", (), Watchdog())
        return Learning(tmp_path / "refusals.db", lists, now=clock, **options)

    return made


def refuse(learning, host="app.test", devices=3, kind=KIND):
    for number in range(devices):
        learning.add(Event("browser", "forum.test", f"10.0.0.{number}", True))
        for _ in range(2):
            learning.add(Event(kind, host, f"10.0.0.{number}", False))
    learning.refresh()


def passing(learning):
    return len(learning.status()["passes"])


def why(learning):
    return {each["host"]: each["why"] for each in learning.status()["proposals"]}


def test_an_app_passes_that_several_devices_refused_with_and_no_other_host_or_client(make):
    learning = make()
    refuse(learning)
    assert learning.reason("APP.test.", HELLO) == "learned"
    assert learning.reason("other.test", HELLO) is None
    assert learning.reason("app.test", real_hello(protocols=["h2"])) is None


def test_a_pass_ends_after_thirty_days(make, clock):
    learning = make()
    refuse(learning)
    clock.now += timedelta(days=30)
    assert learning.reason("app.test", HELLO) is None
    learning.refresh()
    assert passing(learning) == 0


def test_who_accepted_there_within_thirty_days_is_not_pinned(make, clock):
    learning = make()
    learning.add(Event(KIND, "app.test", "10.0.0.9", True))
    learning.refresh()
    clock.now += timedelta(days=29)
    refuse(learning)
    assert learning.reason("app.test", HELLO) is None
    clock.now += timedelta(days=2)
    refuse(learning)
    assert learning.reason("app.test", HELLO) == "learned"


@pytest.mark.parametrize("host", ["gateway.discord.gg", "www.google.co.uk", "api.openai.com", "web.whatsapp.com"])
def test_where_people_talk_nothing_passes_by_itself(make, host):
    learning = make()
    refuse(learning, host, devices=30)
    assert (learning.reason(host, HELLO), why(learning)) == (None, {host: "spoken"})


def test_a_kind_that_refuses_at_many_sites_lacks_the_root_and_what_passed_ends(make):
    learning = make()
    for number in range(SITES):
        refuse(learning, f"www.site{number}.test")
    assert passing(learning) == 5
    refuse(learning, "www.another.test")
    learning.refresh()
    found = learning.status()
    assert (found["passes"], len(found["proposals"]), set(why(learning).values())) == ([], SITES + 1, {"no-root"})


def test_many_hosts_of_one_site_are_one_site(make, clock):
    learning = make()
    for number in range(SITES * 2):
        refuse(learning, f"p{number}.cloud.app.co.uk")
    assert passing(learning) == 5
    assert set(why(learning).values()) == {"day-is-full"}
    clock.now += timedelta(days=1, seconds=1)
    learning.refresh()
    assert passing(learning) == 10


def test_a_list_of_the_schools_goes_before_what_was_learned(make, tmp_path):
    learning = make()
    refuse(learning)
    opened = '[[group]]\nreason = "x"\nwhy = "y"\nopened = true\ndomains = ["test"]\n'
    (tmp_path / "lists" / "school.toml").write_text(opened.replace('"test"', '"app.test", "b.test"'))
    learning._lists.refresh()
    assert learning.reason("app.test", HELLO) is None
    refuse(learning, "b.test")
    assert why(learning) == {"b.test": "decided"}


def test_a_host_with_listed_content_is_opened_whatever_comes(make):
    learning = make(listed=lambda host: host == "listed.test")
    refuse(learning, "listed.test")
    assert (learning.reason("listed.test", HELLO), why(learning)) == (None, {})


def test_what_a_person_has_denied_is_not_asked_again(make, tmp_path):
    learning = make()
    denied = Pass(client=KIND, host="app.test", state=DENIED, since=START, until=None, by="m.hughes", why="A game.")
    with RefusalStore.open(tmp_path / "refusals.db") as store:
        store.put(denied)
    refuse(learning)
    assert (learning.reason("app.test", HELLO), why(learning)) == (None, {})


def test_another_worker_takes_up_what_this_one_learned(make):
    first, second = make(), make()
    refuse(first)
    assert second.reason("app.test", HELLO) is None
    second.refresh()
    assert second.reason("app.test", HELLO) == "learned"


def test_no_more_is_kept_waiting_than_memory_allows(make):
    learning = make()
    for number in range(MOST_WAITING + 5):
        learning.add(Event(KIND, f"h{number}.test", "10.0.0.1", False))
    assert len(learning._waiting) == MOST_WAITING


def test_a_file_that_is_no_database_is_put_aside_and_learning_begins_anew(make, tmp_path):
    (tmp_path / "refusals.db").write_text("nonsense" * 1000)
    learning = make()
    with pytest.raises(sqlite3.DatabaseError):
        learning.refresh()
    refuse(learning)
    assert learning.reason("app.test", HELLO) == "learned"
    assert (tmp_path / "refusals.db.broken").exists()
