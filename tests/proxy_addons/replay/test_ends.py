from mitmproxy.connection import ConnectionState

from proxy_addons.replay.ends import Ends, Tls, client_of, server_of
from proxy_addons.replay.http_stream import EXPLICIT, TRANSPARENT

ENDS = Ends(("10.1.0.7", 40000), ("192.0.2.80", 25))


def test_both_ends_are_open_from_the_beginning_and_know_where_they_are() -> None:
    client, server = client_of(ENDS, 7.5), server_of(ENDS, 7.5)
    assert (client.peername, client.sockname, client.timestamp_start) == (ENDS.client, ENDS.server, 7.5)
    assert (server.address, server.peername, server.timestamp_start) == (ENDS.server, ENDS.server, 7.5)
    assert {client.state, server.state} == {ConnectionState.OPEN}


def test_a_client_that_asked_a_proxy_is_one_of_a_proxy() -> None:
    assert client_of(ENDS, 0).proxy_mode is TRANSPARENT
    assert client_of(Ends(ENDS.client, ENDS.server, proxied=True), 0).proxy_mode is EXPLICIT


def test_both_ends_of_what_was_in_tls_say_so() -> None:
    ends = Ends(ENDS.client, ENDS.server, tls=Tls("mail.test", b"imap"))
    for connection in (client_of(ends, 7.5), server_of(ends, 7.5)):
        assert (connection.tls, connection.sni, connection.alpn) == (True, "mail.test", b"imap")
        assert connection.tls_established
