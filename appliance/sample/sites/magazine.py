"""The school's magazine: articles with large pictures."""

from appliance.sample.articles import articles
from appliance.sample.exchange import Request, Response, not_found
from appliance.sample.pages import page


def magazine(request: Request) -> Response:
    pages = [article for article in articles().values() if article.site == "magazine"]
    if request.path == "/":
        return page("magazine.html", articles=pages)
    article = articles().get(request.path.removeprefix("/"))
    if article is None or article.site != "magazine":
        return not_found()
    others = [other for other in pages if other is not article][:3]
    return page("article.html", article=article, others=others, style="magazine", site_name="The Bell")
