"""What somebody wrote in a mail that a webmail page sends or shows, without the earlier mails it quotes."""

from detection.extract.json_language import readable
from detection.extract.mail import ANSWER
from detection.extract.mail.body_text import of_markup
from detection.extract.mail.quoted import parted


def mail_text(subject: str, body: str, *, written: bool) -> str:
    """An answer has its subject from somebody else."""
    own = own_words(body)
    if not (own or written):
        own = readable(body)  # passed on without a word, and shown here for the first time
    said = "" if written and ANSWER.match(subject) else subject.strip()
    return "\n\n".join(filter(None, (said, own)))


def own_words(body: str) -> str:
    own, _ = parted(of_markup(body) if "<" in body else body)
    return own
