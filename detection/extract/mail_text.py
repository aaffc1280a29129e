"""What somebody wrote in a mail that a webmail page sends or shows, without the earlier mails it quotes."""

import re

from detection.extract.json_language import readable

_QUOTE = re.compile(
    r"<blockquote\b|<div\b[^<>]{0,300}\b(?:gmail_quote|yahoo_quoted|protonmail_quote|divRplyFwdMsg|appendonsend)\b",
    re.I,
)
"""Where Gmail, Outlook and others begin to quote."""
_QUOTE_ENDS = re.compile(r"</blockquote\s{0,8}>", re.I)
_ANSWER = re.compile(r"\s*(?:re|fwd?|aw|wg|sv|vs|tr|rv|antw|odp)\s{0,3}(?:\[\d{1,3}\])?:", re.I)


def mail_text(subject: str, body: str, *, written: bool) -> str:
    """An answer has its subject from somebody else."""
    own = own_words(body)
    if not (own or written):
        own = readable(body)  # passed on without a word, and shown here for the first time
    said = "" if written and _ANSWER.match(subject) else subject.strip()
    return "\n\n".join(filter(None, (said, own)))


def own_words(body: str) -> str:
    begins = _QUOTE.search(body)
    if begins:
        ends = [found.end() for found in _QUOTE_ENDS.finditer(body, begins.start())]
        after = body[ends[-1] :] if ends else ""
        return "\n".join(filter(None, (readable(body[: begins.start()]), readable(after))))
    return "\n".join(line for line in readable(body).split("\n") if not line.lstrip().startswith(">")).strip()
