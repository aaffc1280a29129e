"""What a school is called in settings and addresses."""

import re
import unicodedata


def slug_of(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.replace("’", "").replace("'", "")).encode("ascii", "ignore").decode()
    return "-".join(re.findall("[a-z0-9]+", plain.lower()))
