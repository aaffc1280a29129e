"""What the readers of talk in clear and the shipped lists count by has a name for people."""

from console import coverage_words
from detection.conversations.ftp import Ftp
from detection.conversations.imap import Imap
from detection.conversations.irc import Irc
from detection.conversations.mqtt import Mqtt
from detection.conversations.nntp import Nntp
from detection.conversations.pop3 import Pop3
from detection.conversations.smtp import Smtp
from detection.conversations.xmpp import Xmpp
from detection.unopened.layers import load_layers


def test_every_protocol_in_clear_has_a_name() -> None:
    assert set(coverage_words.CLEAR) == {each.name for each in (Ftp, Imap, Irc, Mqtt, Nntp, Pop3, Smtp, Xmpp)}


def test_every_reason_of_the_shipped_lists_has_a_name() -> None:
    layers = load_layers()
    assert {layers.reason(host) for host in layers.closed()} <= set(coverage_words.BYPASSED)
