"""Who goes to a service that gets round the filter is noticed by the handshake; every other host leaves nothing."""

import pytest

from detection.observation import Channel, Direction, Subject
from proxy_addons.inspect_hello import InspectHello
from proxy_addons.reader import Reader
from proxy_addons.replay.inline import InlineInspection
from proxy_addons.watchdog import Watchdog
from tests.proxy_addons.factories import hello
from tests.proxy_addons.sensor_double import SensorDouble


class Bindings:
    def subject_for(self, address, device, now):
        return Subject(address=address, people=("sam",))


@pytest.fixture
def watchdog():
    return Watchdog()


@pytest.fixture
def sensor():
    return SensorDouble()


def go(sensor, watchdog, name, mode="transparent", closed=False):
    data = hello(name, connect="203.0.113.9", mode=mode)
    data.context.client.peername = ("::ffff:192.0.2.7", 50000)
    data.ignore_connection = closed
    addon = InspectHello(Reader(sensor.observe, watchdog), Bindings(), InlineInspection(watchdog), watchdog)
    addon.tls_clienthello(data)
    return data


@pytest.mark.parametrize("mode", ["transparent", "regular"])
def test_a_service_that_gets_round_the_filter_is_observed(sensor, watchdog, mode):
    assert not go(sensor, watchdog, "www.NordVPN.com", mode).ignore_connection
    (seen,) = sensor.seen
    assert (seen.channel, seen.direction, seen.text) == (Channel.DNS, Direction.SENT_BY_PAGE, "www.nordvpn.com")
    assert (seen.conversation, seen.subject.address, seen.subject.people) == ("vpn", "192.0.2.7", ("sam",))
    assert watchdog.report()["avoidance"] == {"vpn": 1}


@pytest.mark.parametrize(("name", "closed"), [("forum.test", False), (None, False), ("www.nordvpn.com", True)])
def test_of_every_other_host_and_of_what_is_left_closed_nothing_is_kept(sensor, watchdog, name, closed):
    go(sensor, watchdog, name, closed=closed)
    assert sensor.seen == []
    assert "avoidance" not in watchdog.report()
