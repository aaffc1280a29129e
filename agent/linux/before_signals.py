"""A text as it was before changes that were told of: what a program answers is newer than what it has just said."""

from collections.abc import Sequence

from agent.linux.accessible_line import Signal


def before_signals(text: str, start: int, signals: Sequence[Signal]) -> str | None:
    """``text`` stands from ``start`` on, after all ``signals``. None where one reaches beyond it."""
    for signal in reversed(signals):
        at = signal.first - start
        if signal.detail.startswith("insert"):
            if at < 0 or at + signal.second > len(text):
                return None
            text = text[:at] + text[at + signal.second :]
        else:
            if not 0 <= at <= len(text):
                return None
            text = text[:at] + str(signal.value) + text[at:]
    return text
