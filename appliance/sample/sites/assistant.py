"""An AI homework helper: a page, and the JSON interface its page talks to."""

import json

from appliance.sample.articles import about
from appliance.sample.exchange import Request, Response, not_found
from appliance.sample.pages import page


def assistant(request: Request) -> Response:
    if request.path == "/":
        return page("helper.html")
    if request.path != "/api/chat" or request.method != "POST":
        return not_found()
    try:
        question = _last_question(json.loads(request.body))
    except (ValueError, KeyError, TypeError, IndexError):
        return _json({"error": "messages must be a list of {role, content}"}, 400)
    return _json({"model": "helper-1", "message": {"role": "assistant", "content": reply_to(question)}})


def reply_to(question: str) -> str:
    """Out of the articles: no model is needed to show what one looks like on the network."""
    fitting = about(question)
    if not fitting:
        return "I am not sure I know about that. Could you tell me which subject it is for?"
    article = fitting[0]
    return f"{article.paragraphs[0]} {article.paragraphs[1]} Would you like a question to test yourself?"


def _last_question(asked: dict[str, list[dict[str, str]]]) -> str:
    return [message["content"] for message in asked["messages"] if message["role"] == "user"][-1]


def _json(value: object, status: int = 200) -> Response:
    return Response(status=status, body=json.dumps(value).encode(), media_type="application/json")
