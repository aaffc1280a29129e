import asyncio

import pytest
from mitmproxy import dns
from mitmproxy.test import tflow

from detection.illegal_lists import Hit
from detection.observation import Channel, Direction
from detection.outbox import OutboxError
from proxy_addons.bypass import UNREAD
from proxy_addons.inspect_dns import InspectDns
from proxy_addons.reader import Reader
from proxy_addons.replay.inline import InlineInspection
from proxy_addons.watchdog import Watchdog
from tests.proxy_addons.sensor_double import SensorDouble


class Lists:
    """One host and one page of another are listed."""

    def address(self, host, target):
        listed = host == "listed.test"
        return Hit(list_name="List", edition="1", entry="00", is_file=False) if listed and target == "/" else None


@pytest.fixture
def watchdog():
    return Watchdog()


@pytest.fixture
def sensor():
    return SensorDouble()


def look_up(sensor, watchdog, *names, sighted=None, unread=False):
    addon = InspectDns(
        Reader(sensor.observe, watchdog), Lists(), sighted or sensor.sighted, InlineInspection(watchdog), watchdog
    )
    flow = tflow.tdnsflow()
    flow.request.questions = [dns.Question(name, dns.types.A, dns.classes.IN) for name in names]
    flow.metadata[UNREAD] = unread
    asyncio.run(addon.dns_request(flow))


def test_of_a_network_in_which_nobody_is_named_only_the_total_is_counted(sensor, watchdog):
    look_up(sensor, watchdog, "www.nordvpn.com", "listed.test", unread=True)
    assert (sensor.seen, sensor.sightings) == ([], [])
    assert watchdog.report()["lookups"] == 1


def test_a_service_that_gets_round_the_filter_is_observed(sensor, watchdog):
    look_up(sensor, watchdog, "WWW.NordVPN.com.", "www.nordvpn.com")
    (seen,) = sensor.seen
    assert (seen.channel, seen.direction, seen.text) == (Channel.DNS, Direction.SENT_BY_PAGE, "www.nordvpn.com")
    assert (seen.app, seen.conversation, seen.location, seen.subject.address) == ("DNS", "vpn", "", "127.0.0.1")
    assert watchdog.report()["avoidance"] == {"vpn": 1}


def test_a_listed_host_is_reported_and_its_name_is_not_observed(sensor, watchdog):
    look_up(sensor, watchdog, "listed.test")
    (sighting,) = sensor.sightings
    assert (sighting.address, sighting.direction, sensor.seen) == ("listed.test", Direction.SENT_BY_PAGE, [])
    assert watchdog.report()["flagged"] == 1


@pytest.mark.parametrize("name", ["www.childline.org.uk", "forum.test", "", "."])
def test_every_other_lookup_leaves_a_total_and_nothing_else(sensor, watchdog, name):
    look_up(sensor, watchdog, name)
    assert (sensor.seen, sensor.sightings, watchdog.counts()) == ([], [], {"lookups": 1})


def test_a_full_disk_is_counted_and_goes_no_further(sensor, watchdog):
    def sighted(sighting):
        raise OutboxError("disk full")

    look_up(sensor, watchdog, "listed.test", sighted=sighted)
    assert watchdog.report()["faults"] == {"outbox": 1}
