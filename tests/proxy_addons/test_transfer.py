"""Every way HTTP carries a body, spoken byte by byte to a running gateway: what is said is reported once."""

import gzip
import socket

import brotli
import pytest

from tests.proxy_addons.deadline import eventually

WORDS = "i want to hurt myself"
POST = "POST http://plain.test/say HTTP/"
FORM = "Host: plain.test\r\nContent-Type: application/x-www-form-urlencoded\r\n"


def said(word: str) -> bytes:
    return f"message={WORDS} {word}".replace(" ", "+").encode()


def post(word: str, version: str = "1.1", more: str = "") -> bytes:
    return f"{POST}{version}\r\n{FORM}{more}Content-Length: {len(said(word))}\r\n\r\n".encode() + said(word)


def chunked(word: str) -> bytes:
    """With an extension on each chunk, and a trailer."""
    pieces = [said(word)[at : at + 7] for at in range(0, len(said(word)), 7)]
    chunks = b"".join(b"%x;a=b\r\n%s\r\n" % (len(piece), piece) for piece in pieces)
    head = f"{POST}1.1\r\n{FORM}Transfer-Encoding: chunked\r\n\r\n"
    return head.encode() + chunks + b"0\r\nExpires: 0\r\n\r\n"


def packed(word: str) -> bytes:
    body = brotli.compress(gzip.compress(said(word)))
    head = f"{POST}1.1\r\n{FORM}Content-Encoding: gzip, br\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def mixed(word: str) -> bytes:
    """A charset in the header, and line ends of one byte."""
    body = f'{{"message": "{WORDS} {word} — naïve"}}'.encode("utf-16")
    head = f"{POST}1.1\nHost: plain.test\nContent-Type: application/json; charset=utf-16\n"
    return f"{head}Content-Length: {len(body)}\n\n".encode() + body


WAYS = {
    "amber": post("amber", "1.0"),
    "birch": post("birch") + post("cedar"),
    "cobalt": post("cobalt", more="Expect: 100-continue\r\n"),
    "daisy": chunked("daisy"),
    "ebony": packed("ebony"),
    "fennel": mixed("fennel"),
}
"""By the word that tells the sentence from others."""


def talk(port: int, asked: bytes, answers: int) -> bytes:
    heard = b""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        line.sendall(asked)
        while heard.count(b"HTTP/1.1 404") + heard.count(b"HTTP/1.0 404") < answers:
            if not (piece := line.recv(65536)):
                break
            heard += piece
    return heard


@pytest.mark.parametrize("word", WAYS)
def test_what_is_said_arrives_and_is_reported_once(running, word):
    sent = WAYS[word]
    heard = talk(running.port, sent, sent.count(b"POST "))
    assert heard.count(b" 404 ") == sent.count(b"POST "), heard
    for each in (word, "cedar") if word == "birch" else (word,):
        eventually(lambda each=each: running.appliance.report_of(f"{WORDS} {each}"))
        reports = [r for r in running.appliance.reports if each in r.detection.observation.text]
        assert [r.detection.observation.direction for r in reports] == ["written"]
