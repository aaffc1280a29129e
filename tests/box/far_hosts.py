"""Hosts of the internet whose addresses matter, as a program of its own: over TLS, each with every host's certificate.

That a certificate is good for a host that somebody else owns happens in no real internet. Here it leaves nothing but
the address to tell a lie by.
"""

import argparse
import socket
import ssl
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from tests.appliance.deadline import eventually
from tests.box.origin import FiledWeb, Origin
from tests.box.town import Town
from tests.proxy_addons.origin import certificates, http1

APPLE, APPLE6 = "17.57.146.10", "2620:149:a44::10"
"""Apple's own."""
SHARED, HEALTH, LIAR, SPOKEN = "203.0.113.20", "203.0.113.30", "203.0.113.66", "203.0.113.67"
"""A content network's; a health service's; of somebody who calls himself otherwise; where something else is spoken."""
HIDING, OUTER = "203.0.113.40", "outer.test"
"""A host that offers encrypted hellos, with this name on the outside; it notes the names it is called by."""
NAMES = {
    "1-courier.push.apple.com": (APPLE, APPLE6),
    "gs.apple.com": (SHARED,),
    "shared.test": (SHARED,),
    "www.nhs.uk": (HEALTH,),
    "liar.test": (LIAR,),
    "hidden.test": (HIDING,),
    OUTER: (HIDING,),
}


@contextmanager
def far_hosts(town: Town, folder: Path) -> Iterator[Origin]:
    (folder / "answers").mkdir(parents=True)
    certificates(folder, *NAMES)
    for address in (SHARED, HEALTH, LIAR, SPOKEN, HIDING):
        town.internet.run("ip", "address", "add", f"{address}/24", "dev", "wan")
    town.internet.run("ip", "address", "add", f"{APPLE}/32", "dev", "lo")
    town.internet.run("ip", "address", "add", f"{APPLE6}/128", "dev", "lo")
    town.gateway.run("ip", "route", "add", "default", "via", "203.0.113.10")
    town.gateway.run("ip", "route", "add", "default", "via", "2001:db8:2::10")
    with town.internet.running(sys.executable, "-m", "tests.box.far_hosts", folder) as process:
        eventually(lambda: (folder / "ready").exists() or process.poll() is not None)
        assert process.poll() is None, town.internet.said()
        yield Origin(folder)


def serve(folder: Path) -> None:
    web, pem = FiledWeb(folder), folder / "origin.pem"
    with ExitStack() as stack:
        for address in (APPLE, APPLE6, SHARED, HEALTH, LIAR):
            stack.enter_context(http1(web, pem, (address, 443)))
        speaking = stack.enter_context(socket.create_server((SPOKEN, 443)))
        hiding = stack.enter_context(socket.create_server((HIDING, 443)))
        threading.Thread(target=_note_names, args=(hiding, pem, folder / "called"), daemon=True).start()
        (folder / "ready").touch()
        while True:
            threading.Thread(target=_say_it_back, args=(speaking.accept()[0],), daemon=True).start()


def _say_it_back(heard: socket.socket) -> None:
    with heard:
        while data := heard.recv(4096):
            heard.sendall(b"You said: " + data)


def _note_names(listening: socket.socket, pem: Path, called: Path) -> None:
    def note(_: ssl.SSLObject | ssl.SSLSocket, name: str | None, __: ssl.SSLContext) -> None:
        with called.open("a") as out:
            out.write(f"{name}\n")

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    context.sni_callback = note
    while True:
        threading.Thread(target=_answer, args=(listening.accept()[0], context), daemon=True).start()


def _answer(heard: socket.socket, context: ssl.SSLContext) -> None:
    with suppress(OSError), context.wrap_socket(heard, server_side=True) as secured:
        if secured.recv(65536):
            secured.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\nConnection: close\r\n\r\nfound it")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    serve(parser.parse_args().folder)
