"""Tell human language from the identifiers, hashes, addresses and code it is carried among."""

import re

from detection.decoding import hides_words

_LOOK_AT = 600
"""Characters that decide; a long text does not change its nature further on."""

_TOKENS = 60
"""That decide, likewise."""

_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2}")
"""Scripts written without spaces between words."""

_SAYS_SOMETHING = re.compile(r"[^\W_]|[\u2600-\u27bf\U0001f000-\U0001faff]")
_WORD = re.compile(r"""["'“‘¿¡(*_~#@-]*[^\W\d_][^\s_\\/={}<>|;]*[;,.]?""")
_CODE = re.compile(r"[{};=]|\)\s*=>")
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]{1,15}://|www\.|data:[a-z]+/|mailto:|/[\w.-]+/)\S*", re.I)
_HEX = re.compile(r"(?:0x)?[0-9a-f]{16,}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.I)
_CONSTANT = re.compile(r"[A-Z0-9]+(?:_[A-Z0-9]+)+")
_BASE64 = re.compile(r"[A-Za-z0-9+/_.-]{20,}={0,2}")


def is_language(text: str) -> bool:
    """Whether a string of unknown purpose reads like a sentence: two words or more, hardly any code."""
    head = text[:_LOOK_AT]
    if " " not in head and "\n" not in head:
        return _UNSPACED.search(head) is not None
    tokens = head.split(maxsplit=_TOKENS)[:_TOKENS]
    words = sum(1 for token in tokens if len(token) < 40 and _WORD.fullmatch(token))
    return (words >= 2 and words * 2 >= len(tokens) and len(_CODE.findall(head)) * 4 <= words) or (
        _UNSPACED.search(head) is not None
    )


def is_short_message(text: str) -> bool:
    """Whether a string that stands where people write could be something said: one word or an emoji will do, and so
    will a sentence in coded bytes."""
    if not _SAYS_SOMETHING.search(text):
        return False
    head = text.strip()[:_LOOK_AT]
    return len(head.split(maxsplit=1)) > 1 or not is_identifier(head) or hides_words(head)


def is_identifier(token: str) -> bool:
    """A token without spaces that a program made: an address, a hash, an enumeration's name, coded bytes."""
    return bool(
        _ADDRESS.fullmatch(token)
        or _HEX.fullmatch(token)
        or _CONSTANT.fullmatch(token)
        or (_BASE64.fullmatch(token) and _is_mixed(token))
    )


def _is_mixed(token: str) -> bool:
    """Coded bytes mix digits and both cases; a long word or a drawn-out *nooooooo* does not."""
    kinds = any(c.isdigit() for c in token) + any(c.isupper() for c in token) + any(c.islower() for c in token)
    return kinds == 3 or (kinds == 2 and len(token) > 40)
