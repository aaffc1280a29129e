"""What templates may call: words for codes, and times in the school's zone."""

from datetime import datetime

from flask import Flask
from markupsafe import Markup

from appliance.groups import year_words
from console import access, times
from console.health import may_dismiss
from console.wording import (
    CATEGORIES,
    CHANNELS,
    CONCERNS,
    DIRECTIONS,
    OUTCOMES,
    ROLES,
    STATUSES,
    level,
    word,
)


def init_app(app: Flask) -> None:
    filters = {
        "category_word": lambda code: word(CATEGORIES, code),
        "channel_word": lambda code: word(CHANNELS, code),
        "concern_word": lambda code: word(CONCERNS, code),
        "direction_word": lambda code: word(DIRECTIONS, code),
        "outcome_word": lambda code: word(OUTCOMES, code),
        "role_word": lambda code: word(ROLES, code),
        "year_words": year_words,
        "status_word": lambda code: word(STATUSES, code),
        "level_word": lambda number: level(number).word,
        "when": _when,
        "exact": times.exact,
        "to_the_second": times.to_the_second,
        "earlier_than": times.earlier,
    }
    app.jinja_env.filters.update(filters)
    app.jinja_env.globals.update({"may_dismiss": may_dismiss})


def _when(at: datetime, zone: str) -> Markup:
    return times.element(at, access.now(), zone)
