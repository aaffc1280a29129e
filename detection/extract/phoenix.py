"""What goes over a Phoenix socket: messages on a topic, and what a live page is told and shows anew.

Source: phoenixframework/phoenix, ``assets/js/phoenix/serializer.js`` (``[join_ref, ref, topic, event, payload]``;
before its version 2 an object with these names); phoenixframework/phoenix_live_view, ``view.ts`` (``pushFormSubmit``,
``pushInput``: an event of type ``form`` whose ``value`` is the form, URL-encoded) and ``rendered.js`` (a diff: texts
that stay under ``s``, those that change under numbers, of a list under ``d``, now ``k``).
"""

from urllib.parse import parse_qsl

from detection.extract.form_within import last_name
from detection.extract.json_documents import Json
from detection.extract.json_path import at
from detection.extract.limits import first_fields, leave_out
from detection.secret_names import is_secret

_NAMES = ("topic", "event", "payload")
_LIVE = "lv:"
_MOST = 200
"""Fields of a form."""
_MOST_TEXTS = 2000
_NOT_SHOWN = frozenset({"s", "p", "c", "e", "r", "t", "kc", "stream"})
"""Of a diff: texts that stay, components and templates (gone through for themselves), events, and numbers."""


def parts_of(value: Json) -> tuple[str, Json] | None:
    """The topic ("" of a live page, where it is nobody's room) and what is said on it; None for other messages."""
    if isinstance(value, dict) and value.keys() >= {*_NAMES, "ref"}:
        found: list[Json] = [value[name] for name in _NAMES]
    elif (
        isinstance(value, list) and len(value) == 5 and all(each is None or isinstance(each, str) for each in value[:2])
    ):
        found = value[2:]
    else:
        return None
    topic, event, payload = found
    if not isinstance(topic, str) or not isinstance(event, str) or not isinstance(payload, dict):
        return None
    if not topic.startswith(_LIVE):
        return topic, payload
    form = payload.get("value")
    if payload.get("type") == "form" and isinstance(form, str):
        return "", _typed(form)
    return "", _shown(payload) if event in ("diff", "phx_reply") else payload


def _typed(form: str) -> Json:
    fields = parse_qsl(first_fields(form, _MOST), errors="replace")
    named = [(last_name(name), text) for name, text in fields if not is_secret(name)]
    return {name: text for name, text in named if not name.startswith("_")}


def _shown(payload: dict[str, Json]) -> Json:
    """Each text that has changed for itself."""
    waiting: list[Json] = [payload]
    if "status" in payload:
        waiting = [*at(payload, "response.diff"), *at(payload, "response.rendered")]
    texts: list[Json] = []
    while waiting:
        if len(texts) >= _MOST_TEXTS:
            leave_out()
            break
        one = waiting.pop()
        if isinstance(one, dict):
            inner = [value for key, value in one.items() if key not in _NOT_SHOWN]
            if isinstance(components := one.get("c"), dict):
                inner += components.values()
            waiting += reversed(inner)
        elif isinstance(one, list):
            waiting += reversed(one)
        elif isinstance(one, str) and " " in one.strip():
            texts.append(one)
    return texts
