"""A homework site: articles by subject, and a form for handing an essay in."""

from itertools import count

from appliance.sample.articles import articles
from appliance.sample.exchange import Request, Response, not_found, see_other
from appliance.sample.pages import page


class Homework:
    def __init__(self) -> None:
        self._handed_in: dict[str, tuple[str, str]] = {}
        self._numbers = count(1)

    def __call__(self, request: Request) -> Response:
        pages = [article for article in articles().values() if article.site == "homework"]
        if request.path == "/":
            return page("homework.html", articles=pages)
        if request.path == "/hand-in":
            return self._take(request) if request.method == "POST" else page("hand-in.html", essay=None)
        if essay := self._handed_in.get(request.path.removeprefix("/handed-in/")):
            return page("hand-in.html", essay=essay)
        article = articles().get(request.path.removeprefix("/"))
        if article is None or article.site != "homework":
            return not_found()
        others = [other for other in pages if other.subject == article.subject and other is not article]
        return page("article.html", article=article, others=others, style="homework", site_name="Homework Help")

    def _take(self, request: Request) -> Response:
        number = str(next(self._numbers))
        self._handed_in[number] = (request.form.get("title", ""), request.form.get("essay", ""))
        return see_other(f"/handed-in/{number}")
