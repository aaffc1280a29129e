"""Apps that will not be read, before gateways that really run: when they pass, and when nothing does."""

import json
import ssl
from datetime import timedelta

import pytest
import urllib3

from proxy_addons.refusal_store import AUTOMATIC, Pass, RefusalStore
from tests.proxy_addons.conftest import APPS, RUN, gateway, listening, settings, started
from tests.proxy_addons.deadline import eventually
from tests.proxy_addons.origin import Answer
from tests.proxy_addons.pinned_app import PHONES, App, curl

WORDS = "i want to hurt myself"
TLS12, TLS13 = ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3
KINDS = {
    APPS[0]: {"version": TLS13},
    APPS[1]: {"version": TLS12},
    APPS[2]: {"looks_late": True},
    APPS[3]: {"looks_late": True, "version": TLS12},
    APPS[4]: {"hangs_up": True, "version": TLS12},
}
"""At each host another kind of app, named by how it refuses."""


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    """A gateway whose devices all trust the school's root."""
    with gateway(tmp_path_factory.mktemp("school"), also={"instagram.com": "127.0.0.1:9"}) as running:
        for phone in PHONES:
            assert browse(running, phone, "forum.test") is not None
        yield running


def browse(running, phone, host, path="/", port=None):
    """What a browser with the school's root sees."""
    ways = urllib3.ProxyManager(
        f"http://127.0.0.1:{port or running.port}", ca_certs=str(running.root), retries=False, source_address=(phone, 0)
    )
    return ways.request("GET", f"https://{host}{path}", headers={"Accept": "text/html,*/*;q=0.8"}).data


def learned(folder, state="state"):
    return json.loads((folder / state / "status.json").read_text())["learned"]


def passes(running, state="state"):
    return {each["host"] for each in learned(running.folder, state)["passes"]}


def settled(folder):
    """Whatever has ended by now is judged."""
    before = (folder / "state" / "status.json").stat().st_mtime_ns
    seen = [before]

    def twice():
        if (now := (folder / "state" / "status.json").stat().st_mtime_ns) != seen[-1]:
            seen.append(now)
        return len(seen) > 2

    eventually(twice)


def app(running, phone=PHONES[0], **how):
    return App(running.port, running.origin_ca, phone, **how)


@pytest.mark.parametrize("host", KINDS)
def test_a_host_that_three_devices_refused_twice_passes_the_fourth_time(school, host):
    """Whether the app says no in the handshake, hangs up in it, or looks at the certificate after it."""
    how = KINDS[host]
    for phone in PHONES[:3]:
        assert host not in passes(school)
        assert [app(school, phone, **how).fetch(host) for _ in range(2)] == [None, None]
    eventually(lambda: host in passes(school))
    by_another = app(school, PHONES[3], **(how | {"hangs_up": False}))
    assert by_another.fetch(host) == b"<p>Nothing here.</p>"


def test_a_browser_is_read_at_the_host_an_app_passes_to(school):
    host = eventually(lambda: passes(school) & set(APPS)).pop()
    school.web.answers["/page"] = Answer(f"<p>{WORDS} pinned</p>".encode())
    browse(school, PHONES[0], host, "/page")
    report = eventually(lambda: school.appliance.report_of(f"{WORDS} pinned"))
    assert report.detection.observation.location == f"https://{host}/page"


def test_a_host_of_search_chat_or_social_media_is_only_proposed(school):
    for phone in PHONES[:3]:
        for _ in range(3):
            app(school, phone).fetch("instagram.com")
    found = eventually(lambda: [p for p in learned(school.folder)["proposals"] if p["host"] == "instagram.com"])
    assert [(p["devices"], p["why"]) for p in found] == [(3, "spoken")]
    assert "instagram.com" not in passes(school)


def test_neither_an_address_nor_a_host_that_was_accepted_is_written_down(school):
    browse(school, PHONES[3], "forum.test")
    eventually(lambda: passes(school))
    with RefusalStore.open(school.folder / "state" / "refusals.db") as store:
        assert store.trusts(PHONES[3])
    kept = b"".join(file.read_bytes() for file in (school.folder / "state").glob("refusals.db*"))
    assert APPS[0].encode() in kept
    assert b"forum.test" not in kept
    assert not any(phone.encode() in kept for phone in PHONES)


def test_who_refuses_with_other_words_is_another_kind(school):
    """curl and an app both refuse at one host: each is counted by itself."""
    for phone in PHONES[:2]:
        for _ in range(2):
            assert curl(school.port, school.origin_ca, phone, APPS[5]) == 60
    app(school, PHONES[2]).fetch(APPS[5])
    app(school, PHONES[2]).fetch(APPS[5])
    settled(school.folder)
    assert APPS[5] not in passes(school)


def refuse(running, host, phone, port=None):
    for _ in range(2):
        assert App(port or running.port, running.origin_ca, phone).fetch(host) is None


def test_a_browser_whose_devices_lack_the_root_passes_nowhere(tmp_path):
    """They refuse everything, and have never accepted anything: that is no pinning."""
    with gateway(tmp_path) as running:
        for phone in PHONES:
            for host in APPS[:3]:
                refuse(running, host, phone)
        settled(tmp_path)
        assert learned(tmp_path) == {"day_is_full": False, "passes": [], "proposals": []}


def test_only_so_many_hosts_a_day_pass_by_themselves(tmp_path):
    with gateway(tmp_path) as running:
        for phone in PHONES[:3]:
            browse(running, phone, "forum.test")
            for host in APPS[:7]:
                refuse(running, host, phone)
        found = eventually(lambda: learned(tmp_path) if len(learned(tmp_path)["proposals"]) == 2 else None)
        assert (len(found["passes"]), found["day_is_full"]) == (5, True)
        assert {each["why"] for each in found["proposals"]} == {"day-is-full"}


def test_two_workers_count_together_and_a_new_start_keeps_what_passes(tmp_path):
    with gateway(tmp_path) as running:
        for phone in PHONES[:3]:
            browse(running, phone, "forum.test")
        shared = {"state": "second", "refusals": "state/refusals.db"}
        config = settings(tmp_path, running.appliance.url, running.hosts, **shared)
        with started(RUN, config) as second:
            port = listening(second)
            refuse(running, APPS[0], PHONES[0])
            refuse(running, APPS[0], PHONES[1])
            refuse(running, APPS[0], PHONES[2], port)
            eventually(lambda: APPS[0] in passes(running) & passes(running, "second"))
            for each in (running.port, port):
                assert App(each, running.origin_ca, PHONES[3]).fetch(APPS[0]) == b"<p>Nothing here.</p>"
        with started(RUN, config) as again:
            assert App(listening(again), running.origin_ca, PHONES[3]).fetch(APPS[0]) == b"<p>Nothing here.</p>"


def test_a_pass_ends_and_a_list_of_the_schools_goes_before_it(tmp_path):
    (tmp_path / "lists").mkdir()
    with gateway(tmp_path, bypass="lists") as running:
        for phone in PHONES[:3]:
            browse(running, phone, "forum.test")
            refuse(running, APPS[0], phone)
        eventually(lambda: APPS[0] in passes(running))
        fetch = app(running, PHONES[3]).fetch
        assert fetch(APPS[0])
        opened = '[[group]]\nreason = "pupils"\nwhy = "They write there."\nopened = true\ndomains = ["app0.test"]\n'
        (tmp_path / "lists" / "school.toml").write_text(opened)
        eventually(lambda: fetch(APPS[0]) is None)
        (tmp_path / "lists" / "school.toml").unlink()
        eventually(lambda: fetch(APPS[0]))
        with RefusalStore.open(tmp_path / "state" / "refusals.db") as store:
            (one,) = store.passes()
            assert one.state == AUTOMATIC
            ended = one.since - timedelta(days=1)
            store.put(Pass(client=one.client, host=one.host, state=one.state, since=one.since, until=ended))
            store._db.execute("delete from refused")
        eventually(lambda: fetch(APPS[0]) is None)


def test_with_pass_pinned_off_everything_is_only_proposed(tmp_path):
    with gateway(tmp_path, pass_pinned=False) as running:
        for phone in PHONES[:3]:
            browse(running, phone, "forum.test")
            refuse(running, APPS[0], phone)
        (found,) = eventually(lambda: learned(tmp_path)["proposals"])
        assert (found["host"], found["why"], passes(running)) == (APPS[0], "switched-off", set())
