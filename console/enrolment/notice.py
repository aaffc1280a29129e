"""The school's notice: plain text, its paragraphs apart by empty lines, shown as it stands."""

import re
from pathlib import Path

LARGEST = 100_000


def load_notice(file: Path) -> tuple[str, ...]:
    """The paragraphs. ValueError where there is nothing to read: nobody is monitored who was not told."""
    try:
        with file.open("rb") as content:
            text = content.read(LARGEST + 1).decode("utf-8-sig")
    except OSError as e:
        raise ValueError(f"{file}: the notice cannot be read: {e.strerror}") from e
    except UnicodeDecodeError as e:
        raise ValueError(f"{file}: the notice is no text in UTF-8") from e
    if len(text) > LARGEST:
        raise ValueError(f"{file}: the notice is longer than {LARGEST} characters")
    paragraphs = tuple(filter(None, (part.strip() for part in re.split(r"\n[ \t\r]*\n", text))))
    if not paragraphs:
        raise ValueError(f"{file}: the notice is empty")
    return paragraphs
