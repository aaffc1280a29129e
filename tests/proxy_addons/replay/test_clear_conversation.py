import pytest

from detection.observation import Channel, Direction
from tests.detection.conversations.talks import SECRET, TALKS, turns
from tests.proxy_addons.replay.conftest import Replayed
from tests.proxy_addons.replay.factories import PUPIL, WEB, WORDS, Talk

MAIL = ("> Subject: x", "> ", f"> {WORDS}", "> .")
SAYS = {
    "SMTP": turns(
        "< 220 x", "> EHLO x", "< 250 x", "> DATA", "< 354 go", "> Subject: x", "> ", f"> {WORDS}", "> .", "< 250 ok"
    ),
    "IRC": turns("> NICK al", "> USER al 0 * :Al", "< :x 001 al :hi", "> JOIN #club", f"> PRIVMSG #club :{WORDS}"),
    "POP3": turns("< +OK hi", "> RETR 1", "< +OK", "< Subject: x", "< ", f"< {WORDS}", "< .", "> QUIT", "< +OK"),
}


def spoken(talk: Talk, said: tuple[tuple[bool, bytes], ...]) -> Talk:
    for is_client, data in said:
        talk = talk.up(data) if is_client else talk.down(data)
    return talk


@pytest.mark.parametrize("app", SAYS)
def test_what_is_said_in_clear_is_found_as_it_would_be_live(replayed: Replayed, app: str) -> None:
    outcome = replayed(spoken(Talk(server=(WEB, 4000)).hello(), SAYS[app]).bye().packets)
    (found,) = outcome.detections
    seen = found.observation
    assert (seen.app, seen.location) == (app, f"{app.lower()}://{WEB}:4000")
    assert seen.channel is (Channel.MESSAGE if app == "IRC" else Channel.MAIL)
    assert seen.direction is (Direction.SHOWN if app == "POP3" else Direction.WRITTEN)
    assert seen.subject.address == PUPIL
    assert not outcome.unread


@pytest.mark.parametrize("name", TALKS)
def test_every_protocol_that_is_read_live_is_known_here(replayed: Replayed, name: str) -> None:
    outcome = replayed(spoken(Talk().hello(), TALKS[name].turns).bye().packets)
    assert outcome.read["conversations"] == 1
    assert "TCP connections" not in {what for what, _ in outcome.unread}


@pytest.mark.parametrize("is_active", [False, True])
@pytest.mark.parametrize("command", ["STOR", "RETR"])
def test_a_file_is_read_on_its_own_connection(replayed: Replayed, command: str, is_active: bool) -> None:
    place = (PUPIL, 50000) if is_active else (WEB, 50000)
    digits = place[0].replace(".", ",") + ",195,80"
    agreed = (f"> PORT {digits}", "< 200 ok") if is_active else ("> PASV", f"< 227 here ({digits})")
    said = turns("< 220 x", "> USER sam", "< 230 in", *agreed, f"> {command} a.txt", "< 150 go")
    control = spoken(Talk(server=(WEB, 21)).hello(), said)
    file = Talk(client=(WEB, 20) if is_active else (PUPIL, 40001), server=place).hello()
    from_client = (command == "STOR") is not is_active
    file = (file.up if from_client else file.down)(WORDS.encode()).bye()
    done = spoken(control, turns("< 226 ok", "> QUIT", "< 221 x")).bye().packets
    outcome = replayed([*done[:-6], *file.packets, *done[-6:]])
    (found,) = outcome.detections
    seen = found.observation
    assert (seen.channel, seen.app, seen.conversation, seen.subject.address) == (
        Channel.DOCUMENT,
        "FTP",
        "a.txt",
        PUPIL,
    )
    assert seen.direction is (Direction.WRITTEN if command == "STOR" else Direction.SHOWN)
    assert not outcome.unread


def test_where_no_handshake_was_captured_who_greets_is_the_server(replayed: Replayed) -> None:
    talk = Talk(client=(PUPIL, 25), server=(WEB, 40000))
    outcome = replayed(spoken(talk, SAYS["SMTP"]).packets)
    (found,) = outcome.detections
    assert found.observation.subject.address == PUPIL


def test_behind_a_hole_nothing_is_read_for_a_password_may_stand_there(replayed: Replayed) -> None:
    said = [*SAYS["SMTP"], *turns("> AUTH LOGIN", "< 334 x", f"> {SECRET}", "< 235 ok")]
    talk = spoken(Talk().hello(), tuple(said)).bye()
    lost = next(n for n, packet in enumerate(talk.packets) if b"DATA" in bytes(packet))
    outcome = replayed(talk.packets[:lost] + talk.packets[lost + 1 :])
    assert outcome.detections == []
    assert {what for what, _ in outcome.unread} >= {"bytes of clear protocols"}
