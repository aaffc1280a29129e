"""What is asked of a GraphQL server in an address: ``GET /graphql?query=…&variables={"text": "hello you"}``, also where
the program's hash stands for it.

Source: GraphQL over HTTP specification, "GET" (the parameters ``query``, ``variables``, ``operationName``,
``extensions``); GraphQL Foundation, "Automatic persisted queries".
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

from detection.extract.base import Message, Passage
from detection.extract.graphql import is_document
from detection.extract.json_body import JsonBody
from detection.extract.limits import first_fields
from detection.observation import Direction

_MOST_FIELDS = 200


class GraphqlAddress:
    """The same words as in the body of a POST, and read as that one."""

    def handles(self, message: Message) -> bool:
        if message.direction is Direction.SHOWN or message.body or message.frame:
            return False
        return ("variables=" in message.url or "query=" in message.url) and bool(_asked(message.url))

    def passages(self, message: Message) -> Iterator[Passage]:
        body = json.dumps(_asked(message.url)).encode("utf-8", "replace")
        yield from JsonBody().passages(replace(message, media_type="application/json", charset="utf-8", body=body))


def _asked(url: str) -> dict[str, str]:
    """Program and variables, as they stand there; nothing where the address holds neither."""
    try:
        fields = dict(parse_qsl(first_fields(urlsplit(url).query, _MOST_FIELDS)))
    except ValueError:
        return {}
    program, variables = fields.get("query", ""), fields.get("variables", "")
    asked = {"query": program} if is_document(program) else {}
    return asked | ({"variables": variables} if variables.lstrip().startswith("{") else {})
