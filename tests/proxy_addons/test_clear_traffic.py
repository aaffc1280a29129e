"""Mail, chat and news through a gateway that really runs: reported once each, and passed on untouched."""

import json
import smtplib
import socket
import ssl
import struct
from collections import Counter
from contextlib import contextmanager
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller

from detection.sealing import new_key
from tests.detection.conversations.talks import SECRET, packet, text, turns
from tests.proxy_addons.conftest import NOBODY, RUN, gateway, settings, started
from tests.proxy_addons.deadline import eventually
from tests.proxy_addons.far_ends import client, free_port, play, server

WORDS = "i want to hurt myself"
SENT = ("> From: Sam <sam@x.test>", "> Subject: Today", "> ")
CAME = ("< From: Jo <jo@y.test>", "< Subject: Later", "< ")


def size(lines):
    return sum(len(line) for line in lines)  # two for the mark, two for the line's end


def scripts(mark):
    """By protocol: what is said, and what must be reported of it (app, channel, direction, author)."""
    up, down = f"{WORDS} {mark} written", f"{WORDS} {mark} shown"
    mail_up, mail_down = (*SENT, f"> {up}"), (*CAME, f"< {down}")
    return {
        "SMTP": (
            turns(
                *("< 220 x", "> EHLO pc", "< 250 AUTH", f"> AUTH PLAIN {SECRET}", "< 235 ok"),
                *(
                    "> MAIL FROM:<sam@x.test>",
                    "< 250 ok",
                    "> RCPT TO:<jo@y.test>",
                    "< 250 ok",
                    "> DATA",
                    "< 354 go",
                    *mail_up,
                    "> .",
                    "< 250 ok",
                ),
            ),
            {("mail", "written", "")},
        ),
        "IMAP": (
            turns(
                *("< * OK ready", f"> a LOGIN sam {SECRET}", "< a OK in", "> b FETCH 1 BODY[]"),
                *(f"< * 1 FETCH (BODY[] {{{size(mail_down)}}}", *mail_down, "< )", "< b OK"),
                *(f"> c APPEND Drafts {{{size(mail_up)}}}", "< + go", *mail_up, "> ", "< c OK"),
            ),
            {("mail", "shown", "Jo <jo@y.test>"), ("mail", "written", "")},
        ),
        "POP3": (
            turns(
                *("< +OK", "> USER sam", "< +OK", f"> PASS {SECRET}", "< +OK", "> RETR 1", "< +OK", *mail_down, "< ."),
                *("> QUIT", "< +OK"),
            ),
            {("mail", "shown", "Jo <jo@y.test>")},
        ),
        "NNTP": (
            turns(
                *("< 200 x", "> ARTICLE 1", "< 220 x", *mail_down, "< .", "> POST", "< 340 go", *mail_up, "> ."),
                "< 240 ok",
            ),
            {("post", "shown", "Jo <jo@y.test>"), ("post", "written", "")},
        ),
        "FTP": (
            turns("< 220 x", "> USER sam", "< 331 x", f"> PASS {SECRET}", "< 230 in", f"> STOR {up}.txt", "< 226 ok"),
            {("file-name", "written", "")},
        ),
        "IRC": (
            turns(
                *(f"> PASS {SECRET}", "> NICK sam", "> USER sam 0 * :Sam", "< :x 001 sam :hello"),
                *(f"> PRIVMSG #club :{up}", f"< :jo!j@h PRIVMSG #club :{down}"),
            ),
            {("message", "written", ""), ("message", "shown", "jo")},
        ),
        "XMPP": (
            turns(
                *("> <stream:stream>", "< <stream:stream>", f"> <auth>{SECRET}</auth>", "< <success/>"),
                f"> <message to='jo@x.test'><body>{up}</body></message>",
                f"< <message from='jo@x.test/1'><body>{down}</body></message>",
            ),
            {("message", "written", ""), ("message", "shown", "jo@x.test")},
        ),
        "MQTT": (
            (
                (True, packet(0x10, text("MQTT") + b"\4\xc2\0\x3c" + text("pc") + text("sam") + text(SECRET))),
                (False, packet(0x20, b"\0\0")),
                (True, packet(0x30, text("club") + up.encode())),
                (False, packet(0x30, text("club") + down.encode())),
            ),
            {("message", "written", ""), ("message", "shown", "")},
        ),
    }


PROTOCOLS = tuple(scripts(""))


@pytest.fixture(scope="module")
def ports():
    """Where the gateway listens for each protocol, and where it leads to."""
    names = (*PROTOCOLS, "unknown", "smtplib", "starttls", "tls", "names")
    return {name: (free_port(), free_port()) for name in names}


@pytest.fixture(scope="module")
def clear(tmp_path_factory, ports):
    clear_ones = ((near, far) for name, (near, far) in ports.items() if name not in ("tls", "names"))
    leads = [f"reverse:tcp://127.0.0.1:{far}@{near}" for near, far in clear_ones]
    leads.append(f"reverse:tls://mail.test:{ports['tls'][1]}@{ports['tls'][0]}")
    leads.append(f"reverse:dns://127.0.0.1:{ports['names'][1]}@{ports['names'][0]}")
    with gateway(
        tmp_path_factory.mktemp("clear"), modes=["regular", *leads], also={"mail.test": f"127.0.0.1:{ports['tls'][1]}"}
    ) as made:
        yield made


@contextmanager
def played(ports, name, script):
    near, far = ports[name]
    with server(far, script) as wrong, client(near) as connection:
        play(connection, script, is_client=True)
        yield connection
    assert wrong == []


def reported(clear, words):
    report = eventually(lambda: clear.appliance.report_of(words))
    return report.detection.observation


@pytest.mark.parametrize("name", PROTOCOLS)
def test_what_is_said_is_reported_once_as_what_it_is(clear, ports, name):
    script, expected = scripts(name)[name]
    with played(ports, name, script):
        pass
    for _, direction, _ in expected:
        reported(clear, f"{WORDS} {name} {direction}")
    said = (report.detection.observation for report in clear.appliance.reports)
    seen = [one for one in said if f"{WORDS} {name} " in one.text]
    assert Counter((s.app, s.channel, s.direction, s.author) for s in seen) == Counter(
        (name, *each) for each in expected
    )
    assert {s.subject.address for s in seen} == {"127.0.0.1"}


def test_no_password_is_kept_or_sent(clear, ports):
    for name in PROTOCOLS:
        with played(ports, name, scripts(f"again {name}")[name][0]):
            pass
        direction = "shown" if name == "POP3" else "written"
        eventually(lambda n=name, d=direction: clear.appliance.report_of(f"again {n} {d}"))
    kept = clear.disk() + b"".join(clear.appliance.blobs.values()) + repr(clear.appliance.reports).encode()
    assert WORDS.encode() in kept
    assert SECRET.encode() not in kept


def test_a_mail_program_and_a_mail_server_do_not_notice(clear, ports):
    class Keep:
        async def handle_DATA(self, server, session, envelope):
            kept.append(envelope.content)
            return "250 kept"

    kept: list[bytes] = []
    near, far = ports["smtplib"]
    controller = Controller(Keep(), hostname="127.0.0.1", port=far)
    controller.start()
    try:
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = "sam@x.test", "jo@y.test", "Tomorrow"
        mail.set_content(f"{WORDS} through a real one, café.\n")
        mail.add_alternative(f"<p>{WORDS} through a real one, café.</p>", subtype="html")
        with smtplib.SMTP("127.0.0.1", near, timeout=20) as smtp:
            smtp.send_message(mail)
    finally:
        controller.stop()
    assert b"multipart/alternative" in kept[0]
    seen = reported(clear, "through a real one")
    assert (seen.channel, seen.direction, seen.app, seen.conversation) == ("mail", "written", "SMTP", "Tomorrow")


def test_what_comes_in_tls_is_read_where_the_gateway_leads_to_its_server(clear, ports):
    near, far = ports["tls"]
    origin = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    origin.load_cert_chain(clear.folder / "origin.pem")
    trust = ssl.create_default_context(cafile=str(clear.root))
    script, _ = scripts("secured")["IMAP"]
    with (
        server(far, script, origin) as wrong,
        client(near) as plain,
        trust.wrap_socket(plain, server_hostname="mail.test") as connection,
    ):
        play(connection, script, is_client=True)
    assert wrong == []
    assert reported(clear, f"{WORDS} secured shown").app == "IMAP"


def test_what_turns_to_encryption_and_what_nobody_knows_is_counted(clear, ports):
    turned = turns("< 220 x", "> EHLO x", "< 250 x", "> STARTTLS", "< 220 go", "> \x16\x03", "< \x16")
    with played(ports, "starttls", turned):
        pass
    with played(ports, "unknown", ((True, b"\x00\x01\x02"), (False, b"\xff\n" * 1000), (True, b"bye"))):
        pass
    unread = eventually(lambda: (found := counts(clear)["unread"]).get("encrypted") and found.get("not-http") and found)
    assert (unread["encrypted"], unread["not-http"]) == (1, 1)


def counts(clear):
    return json.loads((clear.folder / "state" / "status.json").read_text())


def lookup(number, name):
    labels = b"".join(bytes([len(label)]) + label.encode() for label in name.split("."))
    return struct.pack("!6H", number, 0x0100, 1, 0, 0, 0) + labels + b"\0" + struct.pack("!2H", 1, 1)


def test_a_lookup_of_what_gets_round_the_filter_is_reported_and_no_other_leaves_a_trace(clear, ports):
    near, far = ports["names"]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as resolver, socket.socket(type=socket.SOCK_DGRAM) as asking:
        resolver.bind(("127.0.0.1", far))
        for each in (resolver, asking):
            each.settimeout(20)
        for number, name in enumerate(("rivers.test", "www.childline.org.uk", "www.nordvpn.com", "www.nordvpn.com")):
            asking.sendto(lookup(number, name), ("127.0.0.1", near))
            asked, whence = resolver.recvfrom(4096)
            assert asked[12:] == lookup(number, name)[12:]
            resolver.sendto(asked[:2] + struct.pack("!5H", 0x8183, 1, 0, 0, 0) + asked[12:], whence)
            assert asking.recv(4096)[2:4] == b"\x81\x83"
    seen = reported(clear, "www.nordvpn.com")
    assert (seen.channel, seen.direction, seen.app) == ("dns", "sent-by-page", "DNS")
    eventually(lambda: counts(clear).get("lookups") == 4)
    assert [r.detection.severity for r in clear.appliance.reports if r.detection.observation.channel == "dns"] == [2]
    assert b"rivers.test" not in clear.disk()
    assert b"childline" not in clear.disk()


def test_every_server_says_where_it_listens(tmp_path):
    new_key(tmp_path / "private.key", tmp_path / "public.key")
    (tmp_path / "token").write_text("a-token-for-tests")
    (tmp_path / "token").chmod(0o600)
    (tmp_path / "origin-ca.pem").write_text("")
    taken = free_port()
    lead = f"reverse:tcp://192.0.2.7:25@{taken}"
    config = settings(tmp_path, NOBODY, {}, modes=["regular", lead])
    with started(RUN, config) as process:
        assert process.stdout.readline().startswith("gateway: listening on 127.0.0.1:")
        assert process.stdout.readline() == f"gateway: listening on 127.0.0.1:{taken} ({lead})\n"
    with socket.create_server(("127.0.0.1", taken)), started(RUN, config) as process:
        assert process.wait(60) == 2
        assert f"cannot listen on 127.0.0.1:{taken} ({lead}): Address already in use" in process.stderr.read()
