"""What the gateway's watchdog counted, in the words of a replay's report."""

from collections import Counter
from collections.abc import Mapping

UNREAD = {"unread": "messages", "bypassed": "messages to hosts that are never opened", "faults": "faults of ours"}


def unread_of(counts: Mapping[str, int]) -> Counter[tuple[str, str]]:
    """What could not be read, by (what, reason). ``counts`` are the watchdog's: "unread.timeout" for that reason."""
    found = Counter[tuple[str, str]]()
    for name, number in counts.items():
        group, _, reason = name.partition(".")
        if reason and group in UNREAD:
            found[UNREAD[group], reason] += number
    return found


def read_of(counts: Mapping[str, int]) -> dict[str, int]:
    """What was read beside the web: "conversations" in other protocols that are in clear, and "lookups"."""
    conversations = sum(number for name, number in counts.items() if name.startswith("conversations."))
    return {"conversations": conversations, "lookups": counts.get("lookups", 0)}
