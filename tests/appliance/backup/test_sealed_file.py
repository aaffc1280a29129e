"""Only a holder reads it, and nothing in it can be changed, moved, cut or added without being noticed."""

import io

import pytest
from nacl.public import PrivateKey

from appliance.backup.sealed_file import CHUNK, MAGIC, SealedFileError, SealedReader, SealedWriter, holders

LEAD, HEAD, NOBODY = (PrivateKey.generate() for _ in range(3))
SEALED = CHUNK + 17


def sealed(content: bytes) -> bytes:
    out = io.BytesIO()
    writer = SealedWriter(out, [bytes(LEAD.public_key), bytes(HEAD.public_key)])
    for start in range(0, len(content), 10_000):
        writer.write(content[start : start + 10_000])
    writer.finish()
    return out.getvalue()


def opened(file: bytes, key: PrivateKey = LEAD) -> bytes:
    reader = SealedReader(io.BytesIO(file), bytes(key))
    content = reader.read()
    reader.finish()
    return content


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_every_holder_reads_what_was_written(size: int) -> None:
    content = bytes(range(256)) * (size // 256 + 1)
    file = sealed(content[:size])
    for key in (LEAD, HEAD):
        assert opened(file, key) == content[:size]
    assert holders(io.BytesIO(file)) == [bytes(each.public_key).hex() for each in (LEAD, HEAD)]


def test_nobody_else_reads_it() -> None:
    with pytest.raises(SealedFileError, match="it is not sealed to this key"):
        opened(sealed(b"words"), NOBODY)
    assert b"words" not in sealed(b"words")


def test_what_is_cut_anywhere_is_noticed() -> None:
    file = sealed(b"x" * (2 * CHUNK + 5))
    begin = file.index(b"\n", len(MAGIC)) + 1
    for end in (begin, begin + 10, begin + SEALED, begin + SEALED + 1, begin + 2 * SEALED, len(file) - 1):
        with pytest.raises(SealedFileError, match="cut"):
            opened(file[:end])


def test_what_is_changed_moved_or_added_is_noticed() -> None:
    file = sealed(b"x" * (2 * CHUNK + 5))
    begin = file.index(b"\n", len(MAGIC)) + 1
    first, second = file[begin : begin + SEALED], file[begin + SEALED : begin + 2 * SEALED]
    rest = file[begin + 2 * SEALED :]
    spoilt = [
        file[:begin] + second + first + rest,
        file[:begin] + first + rest,
        file[:-1] + bytes([file[-1] ^ 1]),
        file + b"more",
        file.replace(bytes(HEAD.public_key).hex().encode(), bytes(NOBODY.public_key).hex().encode()),
    ]
    for each in spoilt:
        with pytest.raises(SealedFileError):
            opened(each)


@pytest.mark.parametrize(
    "file", [b"", b"PK\x03\x04", MAGIC, MAGIC + b"{}\n", MAGIC + b'{"holders": 1, "stream": "x"}\n']
)
def test_another_file_is_named_as_such(file: bytes) -> None:
    with pytest.raises(SealedFileError, match="no backup of this version"):
        opened(file)
