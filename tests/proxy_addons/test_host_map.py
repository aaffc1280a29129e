import asyncio
import socket

import pytest

from proxy_addons.host_map import HostMap


def resolved(addresses, host, port):
    async def ask():
        loop = asyncio.get_running_loop()
        HostMap(addresses).install(loop)
        return [info[4] for info in await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)]

    return asyncio.run(ask())


def test_a_named_host_is_reached_where_the_settings_say():
    assert resolved({"Forum.test": "127.0.0.1:4433"}, "forum.test.", 443) == [("127.0.0.1", 4433)]
    assert resolved({"forum.test": "[::1]:4433"}, "forum.test", 443) == [("::1", 4433)]


def test_every_other_host_is_asked_for_as_ever():
    assert ("127.0.0.1", 80) in resolved({"forum.test": "127.0.0.1:4433"}, "127.0.0.1", 80)


@pytest.mark.parametrize("where", ["127.0.0.1", ":80", "127.0.0.1:no", "127.0.0.1:70000", ""])
def test_an_address_without_a_port_is_refused(where):
    with pytest.raises(ValueError, match="address:port"):
        HostMap({"forum.test": where})
