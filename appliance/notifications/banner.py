"""Alerts on the console's own pages."""

from appliance.notifications.base import Alert


class Banner:
    """The console shows every banner that nobody dismissed: once its row is committed there is nothing left to do."""

    def send(self, alert: Alert) -> None:
        return None
