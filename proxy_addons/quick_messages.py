"""Make messages without asking what type each of their parts is of: mitmproxy's check for its own developers.

It leaves it out itself under ``python -O``. Each part that may be None costs an exception that is thrown away: for
request and response together twelve, 0.06 ms, and a fifth of all that is left for the garbage collector.
"""

from mitmproxy.http import MessageData


def _take(self: MessageData) -> None:
    pass


def install() -> None:
    MessageData.__post_init__ = _take  # type: ignore[method-assign]
