"""Make characters that would turn or hide text on a page show themselves."""

import re

from markupsafe import Markup

_DECEIVING = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]")


def visible(value: object) -> object:
    """``value`` with bidirectional overrides and control characters spelt out, as in ⟨U+202E⟩.

    Every expression of every template passes through this, so a name or a message cannot re-order the words beside it.
    """
    if isinstance(value, str) and not isinstance(value, Markup):
        return _DECEIVING.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", value)
    return value
