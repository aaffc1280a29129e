"""Names asked for as the system does. Resolvers of one's own choice: tests/box/test_names.py, on port 53."""

import asyncio

from proxy_addons import lookup as asking
from proxy_addons.host_map import HostMap
from proxy_addons.lookup import lookups


def ask(resolvers, host, version=4, hosts=None):
    async def asked():
        HostMap(hosts or {}).install(asyncio.get_running_loop())
        return [list(await lookup(host, version)) for lookup in lookups(resolvers)]

    return asyncio.run(asked())


def test_without_resolvers_the_system_is_asked():
    assert ask((), "localhost") == [["127.0.0.1"]]
    assert ask((), "localhost", 6) in ([["::1"]], [[]])


def test_a_host_of_the_host_map_is_where_that_says():
    assert ask((), "nhs.uk", hosts={"nhs.uk": "192.0.2.9:443"}) == [["192.0.2.9"]]


def test_what_no_name_can_be_is_nowhere():
    assert ask((), "x" * 70 + ".test") == [[]]


def test_a_resolver_that_does_not_answer_is_not_waited_for_long(monkeypatch):
    monkeypatch.setattr(asking, "SECONDS", 0.2)
    assert ask(("127.0.0.99", "127.0.0.98"), "nhs.uk") == [[], []]
