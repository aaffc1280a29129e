"""Ask a printing service which jobs a person has, by IPP (RFC 8010, RFC 8011) over its Unix socket."""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_VERSION, _GET_JOBS = b"\x01\x01", 0x000A
_OPERATION, _JOB, _END = 0x01, 0x02, 0x03
_FIRST_VALUE = 0x10
"""Tags below it begin a group of attributes."""
_INTEGER, _BOOLEAN, _NAME, _NAME_WITH_LANGUAGE = 0x21, 0x22, 0x42, 0x36
_KEYWORD, _URI, _CHARSET, _LANGUAGE = 0x44, 0x45, 0x47, 0x48
_WANTED = (b"job-id", b"job-name", b"time-at-creation", b"job-priority")
"""Nobody needs the last: but a second after a job is done CUPS tells its name no more, unless something is asked
for which it has to read the job's file again."""
_MOST_BYTES = 1 << 20
_SECONDS = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    id: int
    name: str
    created: int
    """Seconds since 1970, by the printing service's clock."""


def jobs(socket: Path, account: str, first: int) -> Sequence[Job]:
    """Those of ``account`` from number ``first`` on, done or not. OSError where nobody answers, ValueError where what
    is answered is no IPP."""
    return read_jobs(_post(socket, get_jobs(account, first)))


def get_jobs(account: str, first: int) -> bytes:
    """``first-job-id`` is of CUPS; another service may ignore it and answer more."""
    attributes = (
        _attribute(_CHARSET, b"attributes-charset", b"utf-8"),
        _attribute(_LANGUAGE, b"attributes-natural-language", b"en"),
        _attribute(_URI, b"printer-uri", b"ipp://localhost/"),
        _attribute(_NAME, b"requesting-user-name", account.encode("utf-8", "replace")[:255]),
        _attribute(_KEYWORD, b"which-jobs", b"all"),
        _attribute(_BOOLEAN, b"my-jobs", b"\x01"),
        _attribute(_INTEGER, b"first-job-id", struct.pack(">i", first)),
        _attribute(_KEYWORD, b"requested-attributes", *_WANTED),
    )
    head = struct.pack(">2sHIB", _VERSION, _GET_JOBS, 1, _OPERATION)
    return head + b"".join(attributes) + bytes([_END])


def read_jobs(answer: bytes) -> Sequence[Job]:
    status = struct.unpack(">H", _piece(answer, 2, 2))[0]
    if status >= 0x0100:  # 0x0406: there is no such thing, which is how some say that there are no jobs
        if status == 0x0406:
            return ()
        raise ValueError(f"the printing service answers with status {status:#06x}")
    found = (_job(group) for tag, group in _groups(answer) if tag == _JOB)
    return tuple(job for job in found if job)


def _attribute(tag: int, name: bytes, *values: bytes) -> bytes:
    """Values after the first have no name."""
    pieces = list[bytes]()
    for value in values:
        pieces.append(struct.pack(">BH", tag, len(name)) + name + struct.pack(">H", len(value)) + value)
        name = b""
    return b"".join(pieces)


def _groups(answer: bytes) -> Iterator[tuple[int, dict[bytes, tuple[int, bytes]]]]:
    """Each with its attributes' first values."""
    at, tag, group = 8, 0, dict[bytes, tuple[int, bytes]]()
    while True:
        found = _piece(answer, at, 1)[0]
        at += 1
        if found < _FIRST_VALUE:
            yield tag, group
            if found == _END:
                return
            tag, group = found, {}
            continue
        name, at = _counted(answer, at)
        value, at = _counted(answer, at)
        if name:
            group[name] = (found, value)


def _counted(answer: bytes, at: int) -> tuple[bytes, int]:
    length = struct.unpack(">H", _piece(answer, at, 2))[0]
    return _piece(answer, at + 2, length), at + 2 + length


def _piece(answer: bytes, at: int, length: int) -> bytes:
    piece = answer[at : at + length]
    if len(piece) != length:
        raise ValueError("the printing service's answer ends in the middle")
    return piece


def _job(group: dict[bytes, tuple[int, bytes]]) -> Job | None:
    number, created = _whole(group.get(b"job-id")), _whole(group.get(b"time-at-creation"))
    name = _text(group.get(b"job-name"))
    return Job(id=number, name=name, created=created or 0) if number and name else None


def _whole(found: tuple[int, bytes] | None) -> int:
    return struct.unpack(">i", found[1])[0] if found and found[0] == _INTEGER and len(found[1]) == 4 else 0


def _text(found: tuple[int, bytes] | None) -> str:
    """Empty where the service keeps it from us: the value is another tag then."""
    tag, value = found or (0, b"")
    if tag == _NAME_WITH_LANGUAGE:
        _, at = _counted(value, 0)
        value, _ = _counted(value, at)
    elif tag != _NAME:
        return ""
    return value.decode("utf-8", "replace").strip()


def _post(socket: Path, request: bytes) -> bytes:
    import socket as sockets
    from http.client import HTTPConnection, HTTPException

    connection = HTTPConnection("localhost", timeout=_SECONDS)
    connection.sock = sockets.socket(sockets.AF_UNIX)
    connection.sock.settimeout(_SECONDS)
    try:
        connection.sock.connect(str(socket))
        connection.request("POST", "/", request, {"Content-Type": "application/ipp", "Connection": "close"})
        response = connection.getresponse()
        if response.status != 200:
            raise ValueError(f"the printing service answers with HTTP status {response.status}")
        return response.read(_MOST_BYTES)
    except HTTPException as e:
        raise ValueError(f"the printing service's answer is no HTTP: {type(e).__name__}") from None
    finally:
        connection.close()
