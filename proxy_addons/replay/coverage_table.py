"""What was read and what was not, by protocol and by app, as tables for a terminal and as JSON."""

from collections.abc import Iterator, Mapping

from proxy_addons.replay.coverage import Amount
from proxy_addons.replay.replay import Outcome
from proxy_addons.replay.report import columns

MOST = 40
"""Apps in a table; the rest is one line."""
HEADINGS = ("messages", "bytes", "passages", "detections", "not read")


def tables(outcome: Outcome) -> Iterator[str]:
    """Nothing where nothing was recorded."""
    for heading, amounts in (("protocol", outcome.coverage.by_protocol), ("app", outcome.coverage.by_app)):
        if shown := rows(amounts(outcome.unread)):
            yield from columns([(heading, *HEADINGS), *shown], right=range(1, 5))
            yield ""


def rows(amounts: Mapping[str, Amount]) -> list[tuple[str, ...]]:
    """Name and figures; what is beyond the longest table in one row at its end."""
    names = list(amounts)
    shown = [_row(name, amounts[name]) for name in names[:MOST]]
    if len(names) > MOST:
        shown.append(_row(f"and {len(names) - MOST:,} more", sum((amounts[name] for name in names[MOST:]), Amount())))
    return shown


def as_fields(outcome: Outcome) -> dict[str, list[dict[str, object]]]:
    by = {"protocols": outcome.coverage.by_protocol, "apps": outcome.coverage.by_app}
    return {name: [_fields(*item) for item in amounts(outcome.unread).items()] for name, amounts in by.items()}


def unread_words(amount: Amount) -> str:
    """“TLS connections (TLS without keys) 3; bytes of TCP (missing from the capture) 17”"""
    return "; ".join(f"{what} ({reason}) {number:,}" for (what, reason), number in sorted(amount.unread.items()))


def _row(name: str, amount: Amount) -> tuple[str, ...]:
    numbers = (amount.messages, amount.bytes, amount.passages, amount.detections)
    return (name, *(f"{number:,}" for number in numbers), unread_words(amount) or "–")


def _fields(name: str, amount: Amount) -> dict[str, object]:
    unread = [{"what": what, "reason": reason, "count": n} for (what, reason), n in sorted(amount.unread.items())]
    numbers = {name: getattr(amount, name) for name in HEADINGS[:-1]}
    return {"name": name, **numbers, "unread": unread}
