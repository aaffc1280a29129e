"""Short talks in every protocol that is read, and what is said in them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from detection.conversations import Conversation
from detection.conversations.base import Reads, Unseen
from detection.extract.said import Said
from detection.observation import Direction

Turn = tuple[bool, bytes]
"""Whether the client speaks, and what."""
SECRET = "hunter2"
"""Where a password stands in a talk."""


@dataclass(frozen=True)
class Talk:
    turns: tuple[Turn, ...]
    said: tuple[str, ...]
    """``>`` written or ``<`` shown, channel, conversation, author, text; separated by ``|``."""
    unseen: Unseen | None = None


def turns(*lines: str, end: str = "\r\n") -> tuple[Turn, ...]:
    """``> `` before what the client says and ``< `` before what the server says."""
    return tuple((line[0] == ">", (line[2:] + end).encode()) for line in lines)


def hear(reads: Reads, spoken: Iterable[Turn]) -> list[str]:
    return [line for is_client, data in spoken for line in told(reads.feed(data, from_client=is_client))]


def told(found: Iterable[Said]) -> Iterator[str]:
    for said in found:
        passage, mark = said.passage, ">" if said.direction is Direction.WRITTEN else "<"
        yield "|".join((mark, passage.channel, passage.conversation, passage.author, passage.text))


def follow(spoken: Iterable[Turn]) -> tuple[list[str], Conversation]:
    conversation = Conversation()
    found: list[str] = []
    for is_client, data in spoken:
        found += told(conversation.feed(data, from_client=is_client))
    return found, conversation


MAIL = ("From: Sam <sam@x.test>", "To: jo@y.test", "Subject: Saturday", "")
MORE_MAIL = ("From: Jo <jo@y.test>", "To: sam@x.test", "Subject: Sunday", "")


def _size(*lines: str) -> int:
    return sum(len(line) + 2 for line in lines)


def _up(*lines: str) -> tuple[str, ...]:
    return tuple(f"> {line}" for line in lines)


def _down(*lines: str) -> tuple[str, ...]:
    return tuple(f"< {line}" for line in lines)


SMTP = Talk(
    turns(
        *("< 220 mail.x.test ESMTP", "> EHLO pc", "< 250-mail.x.test", "< 250 PIPELINING", "> AUTH LOGIN"),
        *("< 334 VXNlcm5hbWU6", f"> {SECRET}", "< 334 UGFzc3dvcmQ6", f"> {SECRET}", "< 235 ok"),
        *("> MAIL FROM:<sam@x.test>", "> RCPT TO:<jo@y.test>", "> DATA", "< 250 ok", "< 250 ok", "< 354 go on"),
        *_up(*MAIL, "see you at the river", "..and bring a coat", "."),
        *("< 250 queued", "> MAIL FROM:<sam@x.test>", "< 250 ok", "> RCPT TO:<jo@y.test>", "< 250 ok"),
        *("> BDAT 56", "> From: Sam <sam@x.test>", "> Subject: Sunday", ">  is here", "> ", "> and"),
        *("< 250 ok", "> BDAT 4 LAST", "> so", "< 250 ok", "> QUIT", "< 221 bye"),
    ),
    (
        ">|mail|Saturday||Saturday\n\nsee you at the river\n.and bring a coat",
        ">|mail|Sunday is here||Sunday is here\n\nandso",
    ),
)
IMAP = Talk(
    turns(
        *("< * OK ready", f"> a1 LOGIN sam {SECRET}", "< a1 OK in", "> a2 AUTHENTICATE PLAIN", "< +", f"> {SECRET}"),
        *(
            "< a2 OK in",
            "> a3 UID FETCH 1 (BODY.PEEK[])",
            f"< * 1 FETCH (UID 1 BODY[] {{{_size(*MORE_MAIL, 'shall we meet?')}}}",
        ),
        *_down(*MORE_MAIL, "shall we meet?", ")", "a3 OK done"),
        *(f"> a4 APPEND Sent (\\Seen) {{{_size(*MAIL, 'see you')}}}", "< + go on"),
        *_up(*MAIL, "see you"),
        *("> ", "< a4 OK done", "> a5 FETCH 2 BODY[1]", '< * 2 FETCH (BODY[1] "a short one")', "< a5 OK done"),
    ),
    (
        "<|mail|Sunday|Jo <jo@y.test>|Sunday\n\nshall we meet?",
        ">|mail|Saturday||Saturday\n\nsee you",
        "<|mail|||a short one",
    ),
)
POP3 = Talk(
    turns(
        *("< +OK ready", "> USER sam", "< +OK", f"> PASS {SECRET}", "< +OK", "> LIST", "< +OK", "< 1 100", "< ."),
        *("> LIST 1", "> RETR 1", "< +OK 1 100", "< +OK 100 octets"),
        *_down(*MORE_MAIL, "shall we meet?", "..", "."),
        *("> QUIT", "< +OK"),
    ),
    ("<|mail|Sunday|Jo <jo@y.test>|Sunday\n\nshall we meet?\n.",),
)
NNTP = Talk(
    turns(
        *("< 200 welcome", "> AUTHINFO USER sam", "< 381 more", f"> AUTHINFO PASS {SECRET}", "< 281 ok"),
        *("> GROUP school.talk", "< 211 1 1 1 school.talk", "> ARTICLE 1", "< 220 1 <a@b> article"),
        *_down(*MORE_MAIL, "who is there?", "."),
        *("> POST", "< 340 send it"),
        *_up(*MAIL, "i am here", "."),
        "< 240 ok",
    ),
    ("<|post|Sunday|Jo <jo@y.test>|Sunday\n\nwho is there?", ">|post|Saturday||Saturday\n\ni am here"),
)
FTP = Talk(
    turns(
        *(
            "< 220 files",
            "> USER sam",
            "< 331 password",
            f"> PASS {SECRET}",
            "< 230 in",
            "> PASV",
            "< 227 (1,2,3,4,5,6)",
        ),
        *("> STOR /home/my diary.txt", "< 150 go on", "< 226 done", "> RETR the plan.txt", "< 150 here", "< 226 done"),
    ),
    (">|file-name|||my diary.txt", "<|file-name|||the plan.txt"),
)
IRC = Talk(
    turns(
        *(f"> PASS {SECRET}", "> NICK sam", "> USER sam 0 * :Sam", "< :irc.test 001 sam :Welcome sam"),
        *("> JOIN #club", "< :sam!s@h JOIN #club", "< :irc.test 332 sam #club :what we do here"),
        *("> PRIVMSG #club :see you at the river", "< :jo!j@h PRIVMSG #club :see you there"),
        *("< @time=now :jo!j@h PRIVMSG sam :only \x02you\x0f", "> PRIVMSG jo :\x01ACTION waves back\x01"),
        *(
            "> PRIVMSG jo :\x01VERSION\x01",
            f"> PRIVMSG NickServ :IDENTIFY {SECRET}",
            "< :sam!s@h PRIVMSG #club :echo of it",
        ),
        *(
            "< PING :irc.test",
            "> PONG :irc.test",
            "< :irc.test NOTICE sam :a server speaks",
            "> TOPIC #club :a new topic",
        ),
    ),
    (
        "<|message|#club||what we do here",
        ">|message|#club||see you at the river",
        "<|message|#club|jo|see you there",
        "<|message|jo|jo|only you",
        ">|message|jo||waves back",
        ">|message|#club||a new topic",
    ),
)
_STREAM = '<?xml version="1.0"?><stream:stream xmlns="jabber:client" xmlns:stream="urn:streams" to="x>y">'
XMPP = Talk(
    turns(
        *(f"> {_STREAM}", f"< {_STREAM}", f"> <auth mechanism='PLAIN'>{SECRET}</auth>", "< <success/>"),
        *(f"> {_STREAM}", f"< {_STREAM}<stream:features><bind/></stream:features>"),
        "< <iq type='result'><bind><jid>sam@x.test/pc</jid></bind></iq>",
        "> <message to='jo@x.test/phone' type='chat'><body>see you &amp; them</body><active/></message>",
        "< <message from='jo@x.test/phone'><composing xmlns='http://jabber.org/protocol/chatstates'/></message>",
        "< <message from='jo@x.test/phone'><body><![CDATA[see <you>]]></body><delay stamp='now'/></message>",
        "> <message to='club@rooms.test' type='groupchat'><body>hello all</body></message>",
        "< <message from='club@rooms.test/sam' type='groupchat'><body>hello all</body></message>",
        "< <message from='club@rooms.test/jo' type='groupchat'><body>hello sam</body></message>",
        "< <message from='sam@x.test'><sent xmlns='urn:xmpp:carbons:2'><forwarded><message from='sam@x.test/tv' "
        "to='jo@x.test'><body>from the other one</body></message></forwarded></sent></message>",
        "< <message from='sam@x.test'><received xmlns='urn:xmpp:carbons:2'><forwarded><message from='al@x.test/1'>"
        "<body>to the other one</body></message></forwarded></received></message>",
        "> </stream:stream>",
        end="",
    ),
    (
        ">|message|jo@x.test||see you & them",
        "<|message|jo@x.test|jo@x.test|see <you>",
        ">|message|club@rooms.test||hello all",
        "<|message|club@rooms.test|jo|hello sam",
        "<|message|al@x.test|al@x.test|to the other one",
    ),
)


def packet(kind: int, body: bytes) -> bytes:
    size, length = len(body), b""
    while True:
        size, digit = divmod(size, 128)
        length += bytes([digit | (0x80 if size else 0)])
        if not size:
            return bytes([kind]) + length + body


def text(value: str) -> bytes:
    return len(value.encode()).to_bytes(2, "big") + value.encode()


MQTT = Talk(
    (
        (True, packet(0x10, text("MQTT") + b"\x05\xc2\0\x3c\0" + text("pc") + text("sam") + text(SECRET))),
        (False, packet(0x20, b"\0\0\0")),
        (True, packet(0x32, text("club/talk") + b"\0\1" + b"\3\x23\0\1" + b"see you at the river")),
        (False, packet(0x30, text("club/talk") + b"\7\1\1\2\0\0\0\1" + b'{"from":"jo","text":"see you there"}')),
        (True, packet(0x30, text("") + b"\3\x23\0\1" + b"x" * 200 + b" and more")),
        (True, packet(0xC0, b"")),
        (False, packet(0x30, text("club/bytes") + b"\0" + b"\xff\xfe\0")),
    ),
    (
        ">|message|club/talk||see you at the river",
        "<|message|club/talk|jo|see you there",
        ">|message|club/talk||" + "x" * 200 + " and more",
    ),
)

TALKS = {"SMTP": SMTP, "IMAP": IMAP, "POP3": POP3, "NNTP": NNTP, "FTP": FTP, "IRC": IRC, "XMPP": XMPP, "MQTT": MQTT}
