import pytest

from appliance.sample.browser import Route
from appliance.sample.chat_client import ChatError, joined, straight_to, through_proxy
from appliance.sample.sites import CHAT_HOST
from appliance.sample.web import SampleWeb
from tests.appliance.sample.tunnels import Tunnels


def test_one_inside_and_one_outside_talk(web: SampleWeb, tunnels: Tunnels, route: Route) -> None:
    outside = straight_to(web.hosts[CHAT_HOST])
    with (
        joined(through_proxy(route), route.root, "games & more", "Nia R") as nia,
        joined(outside, str(web.root), "games & more", "gus") as gus,
    ):
        nia.say("hello gus")
        gus.hear("Nia R", "hello gus")
        gus.say("hello nia")
        nia.hear("gus", "hello nia")
    assert tunnels.asked == [(route.address, CHAT_HOST)]


def test_who_comes_later_hears_what_was_said_before(web: SampleWeb) -> None:
    outside = straight_to(web.hosts[CHAT_HOST])
    with joined(outside, str(web.root), "games", "gus") as gus:
        gus.say("anyone?")
        gus.hear("gus", "anyone?")
    with joined(outside, str(web.root), "games", "nia") as nia:
        nia.hear("gus", "anyone?")


def test_silence_is_an_error_not_a_wait_for_ever(web: SampleWeb) -> None:
    with (
        joined(straight_to(web.hosts[CHAT_HOST]), str(web.root), "games", "gus", timeout=0.2) as gus,
        pytest.raises(ChatError, match="fell silent"),
    ):
        gus.hear("nia", "nothing")


def test_a_proxy_that_will_not_is_named(web: SampleWeb) -> None:
    tunnels = Tunnels({})
    with pytest.raises(ChatError, match="would not open a tunnel"):
        through_proxy(Route(tunnels.url, str(web.root), "127.0.1.9"))()
    tunnels.close()
