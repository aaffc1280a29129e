import pytest

from detection.documents.contents import Contents, Gathering, Shortfall
from detection.documents.xml_text import Rules, gather

RULES = Rules(
    words=frozenset({"t"}),
    breaks=frozenset({"p"}),
    spaces=frozenset({"tab"}),
    skipped=frozenset({"old"}),
    attributes={"pic": ("descr",)},
)


def gathered(*pieces: bytes) -> Contents:
    gathering = Gathering()
    gather(pieces, RULES, gathering)
    return gathering.contents


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        (b"<a><p><t>riv</t><t>ers</t></p><p><t>of</t></p></a>", "rivers\nof"),
        (b"<a><t>one</t><tab/><t>two</t></a>", "one two"),
        (b"<a>unseen<t>seen</t></a>", "seen"),
        (b"<a><old><t>twice</t></old><t>once</t></a>", "once"),
        (b'<a><pic descr="a river" id="7"/></a>', "a river"),
        (b'<a xmlns:w="urn:any"><w:t>named</w:t></a>', "named"),
        (b"<a><t>fish &amp; chips</t></a>", "fish & chips"),
    ],
)
def test_words_are_read_where_the_rules_say(xml: bytes, text: str) -> None:
    assert gathered(xml) == Contents(text=text)


def test_pieces_may_be_cut_anywhere() -> None:
    xml = "<a><p><t>café</t></p></a>".encode()
    assert gathered(*(xml[at : at + 1] for at in range(len(xml)))).text == "café"


def test_what_is_broken_is_read_up_to_there() -> None:
    assert gathered(b"<a><t>rivers</t><b></a>") == Contents(text="rivers", shortfall=Shortfall.BROKEN)


def test_entities_neither_swell_nor_reach_outside() -> None:
    swelling = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = gathered(f'<!DOCTYPE a [<!ENTITY e0 "aaaaaaaaaa">{swelling}]><a><t>&e9;</t></a>'.encode())
    assert len(bomb.text) < 1_000_000
    assert bomb.shortfall is Shortfall.BROKEN
    outside = b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]><a><t>before &e; after</t></a>'
    assert gathered(outside).text == "before  after"


def test_elements_within_elements_without_end_are_refused() -> None:
    assert gathered(b"<a>" * 100_000).shortfall is Shortfall.BROKEN
