"""Read a TOML file of whoever keeps the gateway: what is wrong with it is said in one line, with its name."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any


def read(file: Path, error: Callable[[str], Exception]) -> tuple[str, dict[str, Any]]:
    """Its text and its tables. Raises ``error`` where it cannot be read or is not TOML."""
    try:
        text = file.read_text("utf-8")
        return text, tomllib.loads(text)
    except OSError as e:
        raise error(f"{file}: cannot be read: {e.strerror}") from e
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as e:
        raise error(f"{file}: is not TOML: {e}") from e
