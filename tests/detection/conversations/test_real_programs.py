"""Python's own mail, news and file programs talk through a relay: what they send and fetch is read."""

import contextlib
import ftplib
import imaplib
import poplib
import smtplib
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from detection.extract.said import Said
from detection.observation import Direction
from tests.detection.conversations.listener import read_on_the_way, serving
from tests.detection.documents.factories import docx
from tests.proxy_addons.far_ends import free_port

LONG = "a long way home, " * 50
"""Nearly as long as a line of a mail may be."""
PIECES = (1, 7, 1460, 1 << 16)
ATTACHED = docx("rivers of wales")


def letter(encoding: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "sam@x.test", "jo@y.test", "Samstag im Café"
    mail.set_content(f"see you at the river, café\n.and a dot\n{LONG}\n", cte=encoding)
    mail.add_attachment("the plan for saturday", filename="plan.txt", cte=encoding)
    kind = "vnd.openxmlformats-officedocument.wordprocessingml.document"
    mail.add_attachment(ATTACHED, "application", kind, filename="homework.docx")
    return mail


def words(said: list[Said], direction: Direction) -> str:
    return "\n".join(each.passage.text for each in said if each.direction is direction)


def is_whole(said: list[Said], direction: Direction) -> None:
    text = words(said, direction)
    for part in ("Samstag im Café", "see you at the river, café", "\n.and a dot", LONG.strip(), "plan for saturday"):
        assert part in text, part
    assert [each.file for each in said if each.file] == [ATTACHED]


class Keep:
    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:
        return "250 kept"


@contextlib.contextmanager
def mail_server() -> Iterator[int]:
    controller = Controller(Keep(), hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("encoding", ["base64", "quoted-printable", "8bit"])
def test_a_mail_is_sent_with_what_is_attached(encoding: str, piece: int) -> None:
    with mail_server() as far, read_on_the_way(far, piece) as (near, said, talk):
        with smtplib.SMTP("127.0.0.1", near, timeout=20) as smtp:
            smtp.send_message(letter(encoding))
            smtp.send_message(letter(encoding))
        half = said[: len(said) // 2]
    assert talk.app == "SMTP"
    is_whole(half, Direction.WRITTEN)
    assert len(said) == 2 * len(half)


@pytest.mark.parametrize("piece", PIECES)
def test_a_mailbox_is_read_and_a_draft_is_put_into_it(piece: int) -> None:
    mail = letter("quoted-printable").as_bytes().replace(b"\n", b"\r\n")
    to_come = tag = None

    def answers(line: bytes) -> bytes:
        nonlocal to_come, tag
        if tag is None:
            tag = b""
            return b"* OK ready\r\n"
        if to_come is not None:
            to_come = to_come - len(line) - 2 if to_come else None
            return tag + b" OK put\r\n" if to_come is None else b""
        tag, verb, *_ = line.split(b" ", 2)
        if verb == b"APPEND":
            to_come = int(line.rpartition(b"{")[2].rstrip(b"}"))
            return b"+ go on\r\n"
        before = {
            b"CAPABILITY": b"* CAPABILITY IMAP4rev1\r\n", b"SELECT": b"* 1 EXISTS\r\n", b"LOGOUT": b"* BYE\r\n",
            b"FETCH": b"* 1 FETCH (BODY[] {%d}\r\n%s)\r\n" % (len(mail), mail),
        }  # fmt: skip
        return before.get(verb, b"") + tag + b" OK done\r\n"

    with serving(answers) as far, read_on_the_way(far, piece) as (near, said, talk):
        box = imaplib.IMAP4("127.0.0.1", near, timeout=20)
        box.login("sam", "hunter2")
        box.select()
        box.fetch("1", "(BODY[])")
        box.append("Drafts", "", "", mail)
        box.logout()
    assert talk.app == "IMAP"
    for direction in (Direction.SHOWN, Direction.WRITTEN):
        is_whole([each for each in said if each.direction is direction], direction)
    assert "hunter2" not in repr(said)


@pytest.mark.parametrize("piece", PIECES)
def test_mails_are_fetched(piece: int) -> None:
    mail = b"\r\n".join(
        b"." + line if line.startswith(b".") else line for line in letter("base64").as_bytes().split(b"\n")
    )

    def answers(line: bytes) -> bytes:
        return b"+OK here it is\r\n" + mail + b"\r\n.\r\n" if line.startswith(b"RETR") else b"+OK\r\n"

    with serving(answers) as far, read_on_the_way(far, piece) as (near, said, talk):
        box = poplib.POP3("127.0.0.1", near, timeout=20)
        box.user("sam")
        box.pass_("hunter2")
        box.retr(1)
        box.quit()
    assert talk.app == "POP3"
    is_whole(said, Direction.SHOWN)
    assert "hunter2" not in repr(said)


@pytest.mark.parametrize("piece", PIECES)
def test_news_are_posted_and_read(piece: int) -> None:
    nntplib = pytest.importorskip("nntplib", reason="Python has none from 3.13 on")
    article = letter("quoted-printable").as_bytes().replace(b"\n", b"\r\n").replace(b"\r\n.", b"\r\n..")
    posts = [False]

    def answers(line: bytes) -> bytes:
        if posts[0]:
            posts[0] = line != b"."
            return b"" if posts[0] else b"240 it is there\r\n"
        verb = line.split(b" ")[0]
        posts[0] = verb == b"POST"
        return {
            b"": b"200 welcome\r\n", b"CAPABILITIES": b"101 these\r\nVERSION 2\r\nPOST\r\nREADER\r\n.\r\n",
            b"POST": b"340 go on\r\n", b"ARTICLE": b"220 1 <a@b> follows\r\n" + article + b"\r\n.\r\n",
        }.get(verb, b"205 bye\r\n")  # fmt: skip

    with (
        serving(answers) as far,
        read_on_the_way(far, piece) as (near, said, talk),
        nntplib.NNTP("127.0.0.1", near, timeout=20) as news,
    ):
        news.post(letter("quoted-printable").as_bytes())
        news.article("1")
    assert talk.app == "NNTP"
    for direction in (Direction.SHOWN, Direction.WRITTEN):
        is_whole([each for each in said if each.direction is direction], direction)


@pytest.mark.parametrize("piece", PIECES)
def test_files_are_named_and_where_each_goes_is_known(piece: int) -> None:
    with serving(lambda _: b"") as data:

        def answers(line: bytes) -> bytes:
            verb = line.split(b" ")[0]
            return {
                b"": b"220 welcome\r\n", b"USER": b"331 and the password\r\n", b"PASS": b"230 in\r\n",
                b"PASV": b"227 at (127,0,0,1,%d,%d)\r\n" % divmod(data, 256), b"EPSV": b"229 at (|||%d|)\r\n" % data,
                b"STOR": b"150 go on\r\n226 kept\r\n", b"QUIT": b"221 bye\r\n",
            }.get(verb, b"200 ok\r\n")  # fmt: skip

        with serving(answers) as far, read_on_the_way(far, piece) as (near, said, talk):
            files = ftplib.FTP()
            files.connect("127.0.0.1", near, timeout=20)
            files.login("sam", "hunter2")
            with Path(__file__).open("rb") as content:
                files.storbinary("STOR see you at the river.txt", content)
            files.quit()
            (transfer,) = talk.transfers()
    assert talk.app == "FTP"
    assert words(said, Direction.WRITTEN) == "see you at the river.txt"
    assert (transfer.port, transfer.name, transfer.direction) == (data, "see you at the river.txt", Direction.WRITTEN)
    assert "hunter2" not in repr(said)
