import asyncio
import socket

import pytest

from proxy_addons import destinations
from proxy_addons.destinations import Destinations, judged_by


def own_address():
    """One of this machine's beside loopback, as the kernel would send from."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(("198.51.100.7", 9))
        except OSError:
            pytest.skip("this machine has no address but its own loopback")
        return asking.getsockname()[0]


@pytest.mark.parametrize(
    ("address", "proxy", "network"),
    [
        ("203.0.113.7", True, True),
        ("2001:db8:2::7", True, True),
        ("10.20.0.9", False, True),
        ("192.168.4.4", False, True),
        ("172.31.255.255", False, True),
        ("100.64.1.1", False, True),
        ("fd00::7", False, True),
        ("64:ff9b::7f00:1", False, True),
        ("127.0.0.1", False, False),
        ("127.8.9.1", False, False),
        ("::1", False, False),
        ("::ffff:127.0.0.1", False, False),
        ("0.0.0.0", False, False),
        ("::", False, False),
        ("169.254.169.254", False, False),
        ("fe80::1%eth0", False, False),
        ("224.0.0.251", False, False),
        ("no address", False, False),
    ],
)
def test_what_is_the_box_or_near_it_is_not_reached_through_the_proxy(address, proxy, network):
    judge = Destinations()
    assert (judge.from_proxy(address), judge.from_network(address)) == (proxy, network)


def test_a_network_inside_is_reached_where_the_settings_say_so():
    judge = Destinations(("10.9.0.0/16",))
    assert judge.from_proxy("10.9.1.1")
    assert not judge.from_proxy("10.8.1.1")
    assert not Destinations(("127.0.0.0/8",)).from_proxy("127.0.0.1")


def test_the_boxs_own_addresses_are_not_reached_in_any_way():
    judge, own = Destinations(("0.0.0.0/0",)), own_address()
    assert not judge.from_proxy(own)
    assert not judge.from_network(own)


def resolved(name, allowed):
    async def ask():
        loop = asyncio.get_running_loop()
        destinations.install(loop)
        judged_by(allowed)
        return [each[4][0] for each in await loop.getaddrinfo(name, 80, type=socket.SOCK_STREAM)]

    return asyncio.run(ask())


@pytest.mark.parametrize("name", ["localhost", "127.1", "0x7f000001", "2130706433"])
def test_a_name_for_the_box_itself_is_not_resolved(name):
    assert resolved(name, None)
    with pytest.raises(OSError, match="not through this gateway"):
        resolved(name, Destinations().from_proxy)


def test_one_connections_judge_is_not_anothers():
    async def ask(allowed):
        judged_by(allowed)
        await asyncio.sleep(0)
        return await asyncio.get_running_loop().getaddrinfo("localhost", 80)

    async def both():
        destinations.install(asyncio.get_running_loop())
        return await asyncio.gather(ask(Destinations().from_proxy), ask(None), return_exceptions=True)

    refused, found = asyncio.run(both())
    assert isinstance(refused, OSError)
    assert found
