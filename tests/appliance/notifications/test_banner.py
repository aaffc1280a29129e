"""A banner is sent by being there."""

from datetime import UTC, datetime

from appliance.notifications.banner import Banner
from appliance.notifications.base import Alert


def test_it_needs_nothing_more() -> None:
    Banner().send(Alert(id=1, recipient="", subject="", body="", created_at=datetime.now(UTC)))
