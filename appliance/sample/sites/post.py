"""A message form, as a mail page has one: to whom, about what, and the message."""

from itertools import count

from appliance.sample.exchange import Request, Response, not_found, see_other
from appliance.sample.pages import page


class Post:
    def __init__(self) -> None:
        self._sent: dict[str, dict[str, str]] = {}
        self._numbers = count(1)

    def __call__(self, request: Request) -> Response:
        if request.path == "/":
            return page("post.html", message=None)
        if request.path == "/send" and request.method == "POST":
            number = str(next(self._numbers))
            self._sent[number] = {key: request.form.get(key, "") for key in ("to", "subject", "message")}
            return see_other(f"/sent/{number}")
        if message := self._sent.get(request.path.removeprefix("/sent/")):
            return page("post.html", message=message)
        return not_found()
