import asyncio

import pytest
from mitmproxy.exceptions import AddonHalt
from mitmproxy.options import Options
from mitmproxy.proxy.layers.http import HttpRequestHook
from mitmproxy.test import tflow

from proxy_addons.lean_addons import LeanMaster


class Notes:
    """Writes down which of its hooks was called."""

    def __init__(self, name, seen):
        self.name, self.seen = name, seen


class Plain(Notes):
    def request(self, flow):
        self.seen.append(f"{self.name} request")


class Waiting(Notes):
    async def request(self, flow):
        await asyncio.sleep(0)
        self.seen.append(f"{self.name} request")


class Updated(Notes):
    def update(self, flows):
        self.seen.append(f"{self.name} update of {len(flows)}")


class Broken(Notes):
    def request(self, flow):
        raise ValueError("a fault of ours")


class Halting(Notes):
    def request(self, flow):
        raise AddonHalt


class Parent(Notes):
    def __init__(self, name, seen, *addons):
        super().__init__(name, seen)
        self.addons = list(addons)


def seen_of(make, *later):
    """What the addons of ``make(seen)`` note of a request; each of ``later`` is added after one that is not kept."""

    async def run():
        seen = []
        master = LeanMaster(Options())
        master.addons.add(*make(seen))
        for addon in later:
            await master.addons.handle_lifecycle(HttpRequestHook(tflow.tflow()))
            seen.clear()
            master.addons.add(addon(seen))
        await master.addons.handle_lifecycle(HttpRequestHook(tflow.tflow()))
        return seen

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda seen: (Plain("a", seen), Waiting("b", seen)), ["a request", "b request"]),
        (lambda seen: (Parent("p", seen, Plain("a", seen)), Plain("b", seen)), ["a request", "b request"]),
        (lambda seen: (Plain("a", seen), Updated("u", seen)), ["a request", "u update of 1"]),
        (lambda seen: (Broken("x", seen), Plain("a", seen)), ["a request"]),
        (lambda seen: (Halting("x", seen), Plain("a", seen)), []),
    ],
    ids=["in order, waited for", "those within", "an update where one asks", "after a fault", "not after a halt"],
)
def test_an_addon_is_called_as_by_mitmproxy_itself(make, expected):
    assert seen_of(make) == expected


def test_an_addon_added_later_is_called_too():
    assert seen_of(lambda seen: [Plain("a", seen)], lambda seen: Plain("b", seen)) == ["a request", "b request"]
