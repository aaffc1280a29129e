"""Decide by its name whether a header, form field, JSON key or query parameter holds a secret."""

import re
from functools import lru_cache

SECRET_WORDS = frozenset({
    "auth", "authentication", "authenticity", "authorisation", "authorization", "bearer", "captcha", "cookie",
    "cookies", "credential", "credentials", "csc", "csrf", "cvc", "cvv", "jwt", "mfa", "nonce", "oauth", "otp",
    "passcode", "passphrase", "passwd", "password", "passwords", "pwd", "recaptcha", "saml", "secret", "secrets",
    "sid", "ssn", "token", "totp", "xsrf", "contraseña", "haslo", "hasło", "kennwort", "parola", "passwort",
    "salasana", "senha", "wachtwoord",
})  # fmt: skip
"""One of these as a whole word makes a name secret, wherever it stands."""

SECRET_ENDINGS = (
    "passwd", "password", "passcode", "passphrase", "token", "sessionid", "sessid", "apikey", "accesskey",
    "secretkey", "privatekey", "sessionkey", "authkey", "signingkey", "encryptionkey", "cardnumber", "cardno",
    "creditcard", "ccnumber", "securitycode", "onetimecode", "pincode", "pinnumber", "sortcode", "accountnumber",
    "motdepasse",
)  # fmt: skip
"""For names written in one piece; tried on the name without its separators, so ``api_key`` is here too."""

SECRET_STARTS = ("password", "passwd", "csrf", "xsrf")

SECRET_ALONE = frozenset(["iban", "pass", "pin", "pw", "sess", "session", "sessions", "tokens"])
"""Secret only where no ordinary word stands beside it: a *pinned* post and *session notes* are not."""

OWNERS = frozenset({
    "app", "auth", "card", "confirm", "current", "gh", "laravel", "login", "new", "old", "repeat", "site", "user",
})  # fmt: skip
"""``user_pin`` and ``login_session`` are as secret as ``pin`` and ``session``."""

OWNED = frozenset(owner + last for owner in OWNERS for last in SECRET_ALONE)

NUMBERS = frozenset({
    "count", "counts", "length", "limit", "max", "total", "type", "usage", "used",
})  # fmt: skip
"""``max_tokens`` and ``token_count`` of a chatbot are numbers."""

ORDINARY_OVER_GROUPS = frozenset({
    "auth", "nonce", "pass", "pin", "sess", "session", "sessions", "token", "tokens",
})  # fmt: skip

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+")
_LONGEST = 120


@lru_cache(maxsize=8192)
def words(name: str) -> tuple[str, ...]:
    """``X-CSRF-Token``, ``csrfToken2`` and ``user[csrf_token]`` in words, lower case, without digits."""
    return tuple(word.casefold() for word in _WORD.findall(name[:_LONGEST]))


@lru_cache(maxsize=8192)
def is_secret(name: str) -> bool:
    parts = words(name)
    if not parts or not NUMBERS.isdisjoint(parts):
        return False
    whole = "".join(parts)
    return (
        not SECRET_WORDS.isdisjoint(parts)
        or whole.endswith(SECRET_ENDINGS)
        or whole.startswith(SECRET_STARTS)
        or _is_secret_alone(parts, whole)
    )


def _is_secret_alone(parts: tuple[str, ...], whole: str) -> bool:
    if len(parts) == 1:
        return whole in SECRET_ALONE or whole in OWNED
    return parts[-1] in SECRET_ALONE and OWNERS.issuperset(parts[:-1])


def is_secret_group(name: str) -> bool:
    """Whether everything below a JSON key is secret.

    A *session* or *pin* over an object is an ordinary thing (a talk, a post on a board): the keys in it decide.
    """
    return is_secret(name) and "".join(words(name)) not in ORDINARY_OVER_GROUPS
