import os
import pty
import subprocess
import sys

import pytest

from proxy_addons.certificates.passphrase import passphrase


def test_it_is_the_line_in_the_file(tmp_path):
    (tmp_path / "said").write_bytes(b"correct horse battery\r\n")
    assert passphrase(tmp_path / "said", twice=True) == b"correct horse battery"


def test_where_nobody_sits_the_file_is_asked_for(monkeypatch):
    with open(os.devnull) as nobody:
        monkeypatch.setattr(sys, "stdin", nobody)
        with pytest.raises(ValueError, match="--passphrase-file"):
            passphrase(None, twice=False)


@pytest.mark.parametrize(("typed", "answer"), [(b"one phrase\none phrase\n", "one phrase"), (b"one\nother\n", "not")])
def test_a_new_one_is_asked_for_twice_and_not_shown(typed, answer):
    ask = (
        "from proxy_addons.certificates.passphrase import passphrase\n"
        "try: print('GOT', passphrase(None, twice=True).decode())\n"
        "except ValueError as e: print('GOT', e)"
    )
    screen, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", ask], stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    ):
        os.close(theirs)
        seen = b""
        for line in typed.splitlines(keepends=True):
            while not seen.endswith((b": ", b"key: ")):
                seen += os.read(screen, 1024)
            os.write(screen, line)
            seen += b"\n"
        while b"GOT" not in seen or not seen.endswith(b"\n"):
            seen += os.read(screen, 1024)
    os.close(screen)
    before, _, said = seen.partition(b"GOT")
    assert answer.encode() in said
    assert b"one" not in before
