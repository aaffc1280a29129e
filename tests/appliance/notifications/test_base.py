"""A transport is anything that sends."""

from appliance.notifications.banner import Banner
from appliance.notifications.base import SendError, Transport
from appliance.notifications.email import Email


def test_a_failure_may_be_tried_again_unless_it_says_otherwise() -> None:
    assert not SendError("the server is away").permanent
    assert SendError("no such person", permanent=True).permanent


def test_every_way_of_telling_is_a_transport() -> None:
    transports: list[type[Transport]] = [Banner, Email]
    assert all(callable(t.send) for t in transports)
