"""What somebody wrote themselves in a mail or a post: without what they answer to, and without their signature."""

import re

_QUOTED = re.compile(r"^[ \t]*>.*$|^On .{5,200} wrote:\s*$[\s\S]*|^-{2,} ?Original Message ?-{2,}[\s\S]*", re.M | re.I)
_SIGNED = re.compile(
    r"^(?:-- ?|_{5,}|sent from my .*|(?:(?:kind|best|warm|many)[ \t]+)?(?:regards|wishes)[,.!]?"
    r"|(?:yours|best|all the best|cheers|thanks|many thanks|thank you|sincerely)"
    r"(?:[ \t]+(?:sincerely|faithfully|again))?,?)[ \t]*$[\s\S]*",
    re.M | re.I,
)


def own_words(text: str) -> str:
    """As long as before; spaces stand where the rest stood."""
    for foreign in (_QUOTED, _SIGNED):
        text = foreign.sub(lambda found: " " * len(found[0]), text)
    return text
