import gzip
from hashlib import sha256

from proxy_addons.replay.ledger import Body
from tests.proxy_addons.replay.conftest import Replayed
from tests.proxy_addons.replay.factories import Talk, answer, get, request


def test_bodies_are_named_by_what_they_unpack_to(replayed: Replayed) -> None:
    page = b"<p>Good morning.</p>" * 200
    talk = Talk().hello().up(get()).down(answer(gzip.compress(page), Content_Encoding="gzip")).bye()
    assert replayed(talk.packets).ledger.bodies == [
        Body(sha256=sha256(page).hexdigest(), bytes=len(page), type="text/html")
    ]


def test_what_is_sent_is_a_body_too(replayed: Replayed) -> None:
    talk = Talk().hello().up(request("POST", "/form", b"a=1", Content_Type="application/x-www-form-urlencoded"))
    bodies = replayed(talk.down(answer(b"ok")).bye().packets).ledger.bodies
    assert [(b.bytes, b.type) for b in bodies] == [(3, "application/x-www-form-urlencoded"), (2, "text/html")]
