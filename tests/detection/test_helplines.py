"""Whom a young person may turn to is known by whole labels, and nothing that happened there is looked at."""

import tomllib

import pytest

from detection.helplines import FILE, host_of, is_helpline, is_private
from tests.detection.factories import observation

KNOWN = [
    "www.childline.org.uk",
    "samaritans.org",
    "www.papyrus-uk.org",
    "giveusashout.org",
    "learning.nspcc.org.uk",
    "beateatingdisorders.org.uk",
    "www.talktofrank.com",
    "themix.org.uk",
    "www.ceop.police.uk",
    "www.kooth.com",
    "place2be.org.uk",
    "camhs-resources.co.uk",
    "childline.org.uk",
    "www.childrenscommissioner.gov.uk",
    "contact.ofsted.gov.uk",
    "solicitors.lawsociety.org.uk",
    "switchboard.lgbt",
    "galop.org.uk",
    "refuge.org.uk",
    "womensaid.org.uk",
    "karmanirvana.org.uk",
    "get-help.stopitnow.org.uk",
    "report.iwf.org.uk",
    "WWW.Samaritans.ORG.",
]


@pytest.mark.parametrize("host", KNOWN)
def test_a_helpline_is_known(host: str) -> None:
    assert is_helpline(host)


@pytest.mark.parametrize("host", ["notchildline.org.uk", "childline.org.uk.test", "org.uk", "lawsociety.org.uk", ""])
def test_what_only_looks_like_one_is_none(host: str) -> None:
    assert not is_helpline(host)


def test_each_domain_is_named_once_and_none_below_another() -> None:
    domains = [domain for table in tomllib.loads(FILE.read_text("utf-8")).values() for domain in table["domains"]]
    assert sorted(set(domains)) == sorted(domains)
    assert not [d for d in domains if any(d != other and d.endswith(f".{other}") for other in domains)]
    assert all(d == d.lower().strip(".") and "." in d and "/" not in d for d in domains)


@pytest.mark.parametrize(
    ("what", "private"),
    [
        ({"app": "www.childline.org.uk"}, True),
        ({"location": "https://www.childline.org.uk/get-support/"}, True),
        ({"text": "www.childline.org.uk/get-support"}, True),
        ({"text": "https://childline.org.uk"}, True),
        ({"text": "look at childline.org.uk, nobody likes you"}, False),
        ({"text": "childline"}, False),
        ({"location": "https://search.test/?q=childline"}, False),
    ],
)
def test_what_happened_there_is_private_and_what_only_speaks_of_it_is_not(what: dict[str, str], private: bool) -> None:
    assert is_private(observation(**what)) is private


@pytest.mark.parametrize("address", ["", "two words.test", "http://[", "x" * 3000 + ".test", "word"])
def test_what_is_no_address_has_no_host(address: str) -> None:
    assert host_of(address) == ""
