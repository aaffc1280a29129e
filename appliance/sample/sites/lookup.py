"""A search engine over the sample web's articles."""

import re
from dataclasses import dataclass

from appliance.sample.articles import Article, about, articles
from appliance.sample.exchange import Request, Response, not_found
from appliance.sample.pages import page

HOSTS = {"homework": "homework.test", "magazine": "www.bell-magazine.test"}
# Search engines put a helpline first for such searches; so does this one.
WORRIES = re.compile(r"\b(die|dying|suicid\w*|hurt(ing)? (me|myself)|self.?harm|kill myself|starv\w*|purg\w*)\b", re.I)


@dataclass(frozen=True, slots=True)
class Result:
    title: str
    url: str
    summary: str
    picture: str


def lookup(request: Request) -> Response:
    if request.path == "/":
        return page("lookup.html", query="", results=(), help_offered=False, related=())
    if request.path != "/search":
        return not_found()
    query = request.query.get("q", "").strip()
    return page(
        "lookup.html",
        query=query,
        results=_results(query),
        help_offered=bool(WORRIES.search(query)),
        related=tuple(article.title for article in articles().values() if article.site == "magazine")[:4],
    )


def _results(query: str) -> list[Result]:
    """What fits, and something to read anyway."""
    otherwise = [articles()[name] for name in ("snowdonia", "telescope", "cookies", "rivers")]
    return [_result(article) for article in dict.fromkeys([*about(query)[:4], *otherwise])][:5]


def _result(article: Article) -> Result:
    return Result(article.title, f"https://{HOSTS[article.site]}/{article.name}", article.summary, article.picture)
