"""A passphrase: out of a file, or asked for where somebody sits before the screen."""

import getpass
import sys
from pathlib import Path


def passphrase(file: Path | None, *, twice: bool) -> bytes:
    """``twice``: for a new one, since a slip would lose the key."""
    if file is not None:
        return file.read_bytes().rstrip(b"\r\n")
    if not sys.stdin.isatty():
        raise ValueError("nobody can be asked for a passphrase here: give --passphrase-file")
    said = getpass.getpass("Passphrase of the root’s key: ")
    if twice and getpass.getpass("Once more: ") != said:
        raise ValueError("the two passphrases are not the same")
    return said.encode()
