"""Look for garbage seldom: whatever Python looks through for it, all traffic waits meanwhile.

mitmproxy leaves some ninety objects of each message that only such a look finds. With Python's own thresholds all that
has been kept since the start was looked through every seven hundred messages, for 5 to 30 ms.
"""

import gc

YOUNG = 5000
"""Objects made beyond those gone before the youngest are looked through: those of fifty messages, in 2 ms."""
OLDER = 10
"""Looks at the younger before one at the older. Not more: meanwhile messages wait there, with their bodies."""


def look_seldom() -> None:
    """From here on, and never again at what there is already: the library is a million small things, and to look
    through them would stop all traffic for 0.1 s."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, OLDER, OLDER)
