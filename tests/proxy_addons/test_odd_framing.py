"""What a careless or a cunning sender makes of a message, byte by byte through a running gateway: it passes, or is
refused before it has reached anybody, and what passed and says something is reported."""

import gzip
import json
import socket
import ssl
import time
import zlib

import brotli
import h2.config
import h2.connection
import h2.events
import pytest
import zstandard

from tests.proxy_addons.deadline import eventually
from tests.websocket_client import connect

WORDS = "i want to hurt myself"
FORM = "application/x-www-form-urlencoded"


def form(word: str) -> bytes:
    return f"message={WORDS} {word}".replace(" ", "+").encode()


def post(body: bytes, kind: str = FORM, *more: str, length: str = "") -> bytes:
    head = [
        "POST http://plain.test/say HTTP/1.1",
        "Host: plain.test",
        *([f"Content-Type: {kind}"] if kind else []),
        f"Content-Length: {length or len(body)}",
        *more,
    ]
    return "\r\n".join([*head, "", ""]).encode() + body


def chunks(*pieces: bytes) -> bytes:
    head = f"POST http://plain.test/say HTTP/1.1\r\nHost: plain.test\r\nContent-Type: {FORM}\r\n"
    return f"{head}Transfer-Encoding: chunked\r\n\r\n".encode() + b"".join(pieces) + b"0\r\n\r\n"


def chunk(piece: bytes, size: str = "%x", extension: str = "") -> bytes:
    return (size % len(piece) + extension).encode() + b"\r\n" + piece + b"\r\n"


def said(word: str) -> str:
    return json.dumps({"message": f"{WORDS} {word}"})


def parted(word: str, before: bytes = b"", end: bytes = b"\r\n") -> bytes:
    head = b'Content-Disposition: form-data; name="message"'
    return before + b"--=_b" + end + head + end + end + f"{WORDS} {word}".encode() + end


def deep(word: str) -> str:
    return '{"a":' * 150 + said(word) + "}" * 150


def cbor(word: str) -> bytes:
    text = f"{WORDS} {word}".encode()
    return b"\xa1\x67message\x78" + bytes([len(text)]) + text


ONE_BY_ONE = [form("alder")[at : at + 1] for at in range(len(form("alder")))]
SKIPPED = b"\x50\x2a\x4d\x18\x04\x00\x00\x00abcd"
SENT = {
    "alder": chunks(*map(chunk, ONE_BY_ONE)),
    "aspen": chunks(chunk(form("aspen"), "%08X")),
    "beech": chunks(chunk(form("beech"), extension=";a=" + "b" * 5000)),
    "briar": post(form("briar"), FORM, *(f"X-Number-{n}: {n}" for n in range(90))),
    "clover": post(form("clover"), FORM, "X-Long: " + "a" * 30_000),
    "daphne": post(form("daphne"), FORM, "X-Folded: a\r\n b"),
    "fern": post(gzip.compress(form("fern")[:9]) + gzip.compress(form("fern")[9:]), FORM, "Content-Encoding: gzip"),
    "gorse": post(brotli.compress(form("gorse")), FORM, "Content-Encoding: br"),
    "hazel": post(zlib.compress(form("hazel"))[2:-4], FORM, "Content-Encoding: deflate"),
    "heather": post(SKIPPED + zstandard.compress(form("heather")), FORM, "Content-Encoding: zstd"),
    "holly": post(gzip.compress(gzip.compress(gzip.compress(form("holly")))), FORM, "Content-Encoding: gzip, gzip",
                  "Content-Encoding: gzip"),
    "hornbeam": post(gzip.compress(form("hornbeam")), FORM, "Content-Encoding: GZip"),
    "iris": post(gzip.compress(form("iris"), mtime=46182433), FORM, "Content-Encoding: br"),
    "ivy": post(form("ivy"), FORM, "Content-Encoding: gzip"),
    "juniper": post(gzip.compress(said("juniper").encode()), "application/json"),
    "larch": post(said("larch").encode("utf-32"), "application/json"),
    "laurel": post(said("laurel").encode("utf-32-be"), "application/json; charset=utf-32be"),
    "linden": post(b"\xef\xbb\xbf" + said("linden").encode(), "Application/JSON ;; Charset="),
    "lupin": post(deep("lupin").encode(), "application/json"),
    "mallow": post(said("mallow").encode(), ""),
    "maple": post(b")]}'\n" + said("maple").encode(), "text/plain"),
    "myrtle": post(said("myrtle").encode(), FORM),
    "nettle": post(parted("nettle") + b"--=_b--\r\n", "multipart/form-data; boundary==_b"),
    "olive": post(parted("olive"), "multipart/form-data; boundary==_b"),
    "pansy": post(parted("pansy", b"as an introduction\r\n") + b"--=_b--", 'multipart/form-data; boundary="=_b"'),
    "poplar": post(parted("poplar", end=b"\n") + b"--=_b--", "multipart/form-data; boundary==_b"),
    "privet": post(b"--=_b\r\n\r\n\r\n" * 2000 + parted("privet") + b"--=_b--", "multipart/form-data; boundary==_b"),
    "quince": post(b"&".join(b"a%d=1" % n for n in range(3000)) + b"&" + form("quince"), FORM),
    "rowan": post(b"pad=" + b"a" * 3_000_000 + b"&" + form("rowan"), FORM),
    "sedge": post(form("sedge") + b"&pad=" + b"a" * 6_000_000, FORM),
    "sorrel": post(cbor("sorrel"), "application/cbor"),
    "tansy": post(f"message: {WORDS} tansy\nroom: 4\n".encode(), "application/yaml"),
    "thyme": post(said("thyme").encode()[:-2], "application/json"),
    "violet": post(json.dumps({"message": said("violet")}).encode(), "application/json"),
}  # fmt: skip
"""By the word that tells the sentence from others."""
DOUBTFUL = {
    "elder": post(form("elder"), FORM, f"Content-Length: {len(form('elder'))}"),
    "walnut": post(form("walnut"), FORM, "Transfer-Encoding: chunked"),
    "willow": post(form("willow"), FORM, length=f"+{len(form('willow'))}"),
    "yarrow": post(form("yarrow"), FORM, length=f"{len(form('yarrow'))}, {len(form('yarrow'))}"),
    "yew": post(form("yew"), FORM, "Content-Length: 3"),
    "zinnia": chunks(chunk(form("zinnia"), "0x%x")),
    "cedar": chunks(chunk(form("cedar"), " %x")),
    "cypress": post(form("cypress"), FORM, "X Broken Name: 1"),
    "dogwood": chunks(chunk(form("dogwood"), "-%x")),
}
"""Which may be refused."""


def asked(port: int, sent: bytes, answers: int = 1, piece: int = 1 << 20, pause: float = 0.0) -> bytes:
    """What came back by when so many had been answered, or the connection was closed."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        for at in range(0, len(sent), piece):
            line.sendall(sent[at : at + piece])
            time.sleep(pause)
        heard = b""
        while heard.count(b"HTTP/1.1 ") < answers and (more := line.recv(65536)):
            heard += more
        return heard


def is_reported(running, word):
    return eventually(lambda: running.appliance.report_of(f"{WORDS} {word}"))


@pytest.mark.parametrize("word", SENT)
def test_what_is_said_in_an_odd_way_is_reported(running, word):
    assert b" 404 " in asked(running.port, SENT[word])
    is_reported(running, word)


@pytest.mark.parametrize("word", DOUBTFUL)
def test_what_reaches_its_server_is_read(running, word):
    asked(running.port, DOUBTFUL[word])
    if any(word.encode() in each.body for each in running.web.asked):
        is_reported(running, word)
    assert b" 404 " in asked(running.port, post(b"a=1"))


def test_what_comes_letter_by_letter_is_read_when_it_is_whole(running):
    assert b" 404 " in asked(running.port, post(form("sycamore")), piece=1, pause=0.002)
    is_reported(running, "sycamore")


def test_among_many_requests_at_once_each_is_read(running):
    line = b"".join(post(b"a=1") for _ in range(30))
    assert asked(running.port, line + post(form("lavender")) + line, answers=61).count(b" 404 ") == 61
    is_reported(running, "lavender")


def test_a_chat_in_letters_between_pings_is_read(running):
    trust = ssl.create_default_context(cafile=running.root)
    with connect("wss://chat.test/room", proxy=running.proxy, ssl=trust, max_size=None) as chat:
        chat.send(letter for letter in f"{WORDS} marigold")
        chat.ping()
        chat.send(iter(["", "", f"{WORDS} ", "", "primrose", ""]))
        chat.send(iter([b"", gzip.compress(f"{WORDS} saffron".encode()), b""]))
        chat.send(cbor("verbena"))
        chat.send(json.dumps({"pad": "a" * 200_000, "text": f"{WORDS} wisteria"}))
        for _ in range(5):
            chat.recv()
    for word in ("marigold", "primrose", "saffron", "verbena", "wisteria"):
        is_reported(running, word)


def test_http_2_in_frames_of_a_byte_with_padding_is_read(running):
    context = ssl.create_default_context(cafile=running.root)
    context.set_alpn_protocols(["h2"])
    with socket.create_connection(("127.0.0.1", running.port), timeout=30) as plain:
        plain.sendall(b"CONNECT h2.test:443 HTTP/1.1\r\nHost: h2.test\r\n\r\n")
        plain.recv(65536)
        with context.wrap_socket(plain, server_hostname="h2.test") as line:
            speaker = h2.connection.H2Connection(h2.config.H2Configuration(header_encoding="utf-8"))
            speaker.initiate_connection()
            fields = {":method": "POST", ":path": "/say", ":scheme": "https", ":authority": "h2.test"}
            speaker.send_headers(1, [*fields.items(), ("content-type", FORM), ("x-long", "a" * 20_000)])
            for byte in form("camellia"):
                speaker.send_data(1, bytes([byte]), pad_length=100)
                speaker.ping(b"01234567")
                speaker.send_data(1, b"")
            speaker.end_stream(1)
            line.sendall(speaker.data_to_send())
            over = False
            while not over:
                heard = speaker.receive_data(line.recv(65536))
                line.sendall(speaker.data_to_send())
                over = any(isinstance(event, h2.events.StreamEnded) for event in heard)
    is_reported(running, "camellia")
