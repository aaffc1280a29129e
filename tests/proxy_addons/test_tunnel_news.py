"""What the supervisor tells of a device becomes an observation of whoever has it."""

import pytest

from detection.observation import Channel, Subject
from detection.outbox import OutboxError
from proxy_addons.tunnel_news import TunnelNews
from proxy_addons.watchdog import Watchdog


class AtOnce:
    def submit(self, job, size, name):
        job()


class Known:
    def subject_for(self, address, device, now):
        return Subject(address=address, people=("p-robin",))


@pytest.fixture
def watchdog():
    return Watchdog()


def news(seen, watchdog):
    return TunnelNews(seen, Known(), AtOnce(), watchdog)


def test_it_is_seen_with_who_and_what(watchdog):
    seen = []
    news(lambda each: seen.append(each) or True, watchdog).tell(b'{"device": "192.0.2.10", "name": "wireguard"}')
    (observation,) = seen
    assert (observation.channel, observation.text) == (Channel.TUNNEL, "wireguard")
    assert observation.subject == Subject(address="192.0.2.10", people=("p-robin",))
    assert watchdog.counts() == {"flagged": 1}


@pytest.mark.parametrize("broken", [b"", b"[]", b'{"device": "192.0.2.10"}'])
def test_what_cannot_be_read_is_counted(watchdog, broken):
    news(lambda _: True, watchdog).tell(broken)
    assert watchdog.counts() == {"faults.tunnel": 1}


def test_an_outbox_that_takes_nothing_is_counted(watchdog):
    def full(_):
        raise OutboxError

    news(full, watchdog).tell(b'{"device": "192.0.2.10", "name": "tor"}')
    assert watchdog.counts() == {"faults.outbox": 1}
