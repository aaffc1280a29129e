import pytest

from detection.conversations.recognition import LOOK_AT, Not, recognised


@pytest.mark.parametrize(
    ("client", "server", "name"),
    [
        (b"EHLO x\r\n", b"220 mail\r\n", "SMTP"),
        (b"USER x\r\n", b"220-files\r\n", "FTP"),
        (b"", b"+OK hello\r\n", "POP3"),
        (b"", b"* OK hello\r\n", "IMAP"),
        (b"", b"200 hello\r\n", "NNTP"),
        (b"", b":irc.test NOTICE * :looking\r\n", "IRC"),
        (b"NICK sam\r\n", b"", "IRC"),
        (b"CAP LS 302\r\n", b"", "IRC"),
        (b"USER sam 0 * :Sam\n", b"", "IRC"),
        (b"<?xml version='1.0'?><stream:stream to", b"", "XMPP"),
        (b"\x10\x0c\x00\x04MQTT\x04", b"", "MQTT"),
        (b"\x10\x8c\x01\x00\x06MQIsdp\x03", b"", "MQTT"),
    ],
)
def test_a_protocol_is_known_by_how_it_begins(client: bytes, server: bytes, name: str) -> None:
    found = recognised(client, server)
    assert not isinstance(found, Not)
    assert found().name == name


@pytest.mark.parametrize(
    ("client", "server"),
    [
        (b"SSH-2.0-x\r\n", b""),
        (b"", b"SSH-2.0-x\r\n"),
        (b"\x16\x03\x01\0\n", b""),
        (b"<?xml version='1.0'?>" + b" " * LOOK_AT, b""),
        (b"<policy/>\n", b""),
        (b"\x10" + bytes(20), b""),
        (b"what\r\n", b"220 x\r\n"),
        (b"x" * LOOK_AT, b""),
    ],
)
def test_others_are_not(client: bytes, server: bytes) -> None:
    assert recognised(client, server) is Not.KNOWN


@pytest.mark.parametrize(
    ("client", "server"),
    [
        (b"", b""),
        (b"NIC", b""),
        (b"", b"220 x\r\n"),
        (b"", b"* O"),
        (b"<", b""),
        (b"\x10\x0c", b""),
        (b"EHLO x\n", b""),
    ],
)
def test_some_have_not_said_enough(client: bytes, server: bytes) -> None:
    assert recognised(client, server) is Not.YET
