"""Names and addresses agree by our own resolver's answers alone, however often those change."""

import asyncio

import pytest

from proxy_addons.own_names import FRESH, KEPT, MOST_ASKED, MOST_NAMES, PAUSE, OwnNames


class Resolver:
    """Answers what it was given, one answer after the other and the last for ever."""

    def __init__(self, *answers, waits=None):
        self.answers, self.asked, self.waits = list(answers), [], waits

    async def __call__(self, name, version):
        self.asked.append((name, version))
        if self.waits:
            await self.waits.wait()
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return [each for each in answer if (":" in each) == (version == 6)]


class Clock:
    at = 1000.0

    def __call__(self):
        return self.at


@pytest.fixture
def clock():
    return Clock()


def agree(names, name, address):
    return asyncio.run(names.agree(name, address))


@pytest.mark.parametrize(
    ("name", "address", "agreed"),
    [
        ("nhs.uk", "192.0.2.1", True),
        ("NHS.uk.", "192.0.2.2", True),
        ("nhs.uk", "::ffff:192.0.2.1", True),
        ("nhs.uk", "2001:db8:0::1", True),
        ("nhs.uk", "203.0.113.9", False),
        ("nhs.uk", "2001:db8::9", False),
        ("nhs.uk", "nhs.uk", False),
    ],
)
def test_the_address_must_be_among_the_answers(name, address, agreed):
    names = OwnNames([Resolver(["192.0.2.1", "192.0.2.2", "2001:db8::1"])])
    assert agree(names, name, address) is agreed


def test_where_nobody_answers_nothing_agrees():
    assert not agree(OwnNames([Resolver([]), Resolver([])]), "nhs.uk", "192.0.2.1")


def test_an_answer_counts_for_a_day_though_others_have_come_since(clock):
    resolver = Resolver(["192.0.2.1"], ["192.0.2.2"])
    names = OwnNames([resolver], clock)
    assert agree(names, "nhs.uk", "192.0.2.1")
    clock.at += PAUSE + 1
    assert agree(names, "nhs.uk", "192.0.2.2")
    clock.at += KEPT - 10
    assert agree(names, "nhs.uk", "192.0.2.1")
    clock.at += 20
    assert not agree(names, "nhs.uk", "192.0.2.1")


def test_a_name_that_turns_through_many_addresses_is_learned_while_it_is_used(clock):
    """A client that keeps an old answer, or has one that we were not given, finds it known."""
    turning = [[f"192.0.2.{n}"] for n in range(1, 21)]

    async def used():
        names = OwnNames([Resolver(*turning)], clock)
        for _ in turning:
            assert await names.agree("nhs.uk", "192.0.2.1")
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            clock.at += FRESH + 1
        return [await names.agree("nhs.uk", address) for (address,) in turning[:-1]]

    assert all(asyncio.run(used()))


def test_a_second_resolver_is_asked_where_the_first_does_not_know_the_address():
    first, second = Resolver(["192.0.2.1"]), Resolver(["192.0.2.2"])
    assert agree(OwnNames([first, second]), "nhs.uk", "192.0.2.2")
    assert agree(OwnNames([first, second]), "nhs.uk", "192.0.2.1")
    assert (len(first.asked), len(second.asked)) == (2, 1)


def test_many_connections_to_one_host_ask_once():
    async def together():
        waits = asyncio.Event()
        resolver = Resolver(["192.0.2.1"], waits=waits)
        names = OwnNames([resolver])
        asked = [asyncio.create_task(names.agree("nhs.uk", "192.0.2.1")) for _ in range(50)]
        await asyncio.sleep(0)
        asked[0].cancel()
        waits.set()
        return resolver.asked, await asyncio.gather(*asked[1:])

    asked, agreed = asyncio.run(together())
    assert len(asked) == 1
    assert all(agreed)


def test_a_client_that_lies_cannot_make_us_ask_without_end(clock):
    resolver = Resolver(["192.0.2.1"])
    names = OwnNames([resolver], clock)
    for _ in range(20):
        assert not agree(names, "nhs.uk", "203.0.113.9")
    assert len(resolver.asked) == 1

    async def flood():
        waits = asyncio.Event()
        slow = Resolver(["192.0.2.1"], waits=waits)
        names = OwnNames([slow], clock)
        asked = [asyncio.create_task(names.agree(f"{n}.nhs.uk", "192.0.2.1")) for n in range(MOST_ASKED * 2)]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        waits.set()
        return len(slow.asked), sum(await asyncio.gather(*asked))

    assert asyncio.run(flood()) == (MOST_ASKED, MOST_ASKED)


def test_only_so_many_names_are_remembered(clock):
    async def many():
        names = OwnNames([Resolver(["192.0.2.1"])], clock)
        for n in range(MOST_NAMES + 10):
            await names.agree(f"{n}.nhs.uk", "192.0.2.1")
        return len(names._known)

    assert asyncio.run(many()) == MOST_NAMES


def test_a_lookup_that_fails_does_not_stay_in_the_way(clock):
    class Broken:
        tried = 0

        async def __call__(self, name, version):
            self.tried += 1
            if self.tried == 1:
                raise RuntimeError
            return ["192.0.2.1"]

    names = OwnNames([Broken()], clock)
    with pytest.raises(RuntimeError):
        agree(names, "nhs.uk", "192.0.2.1")
    clock.at += PAUSE + 1
    assert agree(names, "nhs.uk", "192.0.2.1")
