import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detection.extract.services import SERVICES
from detection.unopened.entry import domain
from detection.unopened.layers import load_layers
from detection.unopened.never_automatic import FILE, below, what_is

HOSTS = sorted(host.replace("*", "co.uk") for service in SERVICES for host in service.hosts)
LISTED = [name for kind in tomllib.loads(FILE.read_text("utf-8")).values() for name in kind["domains"]]


@pytest.mark.parametrize(
    ("host", "what"),
    [
        ("www.google.de", "Google"),
        ("gateway.discord.gg", "Discord"),
        ("API.OpenAI.com.", "OpenAI"),
        ("ab.chatgpt.com", "ChatGPT"),
        ("you.com", "a chatbot"),
        ("yandex.ru", "a search engine"),
        ("mmx-ds.cdn.whatsapp.net", "a messenger"),
        ("notwhatsapp.net", None),
        ("updates.app.example", None),
        ("", None),
    ],
)
def test_what_is_at_a_host(host, what):
    found = what_is(host)
    assert found == what or (what is not None and found is not None and found.startswith(what))


@settings(deadline=None)
@given(st.sampled_from(HOSTS + LISTED), st.sampled_from(["", "api.", "edge-7.cdn."]))
def test_every_service_that_is_read_is_one_whatever_stands_before_it(host, before):
    assert what_is(before + host)


def test_a_domain_that_takes_such_a_host_along_is_told():
    assert "gemini.google.com" in below("google.com")
    assert below("app.example") == ()


def test_each_listed_domain_is_one_and_stands_once():
    assert [domain(name) for name in LISTED] == LISTED
    assert len(set(LISTED)) == len(LISTED)


def test_nothing_that_is_left_closed_takes_such_a_host_along():
    closed = load_layers().closed()
    assert [name for name in closed if any(load_layers().reason(host) for host in below(name))] == []
