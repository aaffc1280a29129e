"""However an address is spelt, it is found under the form it is listed by, and nothing beside it is."""

import pytest

from detection.listed_forms import entry, forms, hosts


def listed(line: str, host: str, target: str) -> bool:
    return entry(line)[1] in forms(host, target)


@pytest.mark.parametrize(
    ("line", "host", "target"),
    [
        ("site.test", "site.test", "/"),
        ("site.test", "www.site.test", "/any/page?x=1"),
        ("https://www.site.test/", "site.test", "/any"),
        ("site.test", "SITE.test.", "/"),
        ("site.test", "deep.below.site.test", "/"),
        ("site.test:8443/a", "site.test", "/a"),
        ("http://somebody@site.test/a", "site.test", "/a"),
        ("site.test/a/", "site.test", "/a/b/c.jpg?d"),
        ("site.test/a/", "site.test", "/a/"),
        ("site.test/a", "site.test", "/a?any=query"),
        ("site.test/a?b=1", "site.test", "/a?b=1"),
        ("site.test?b=1", "site.test", "/?b=1"),
        ("site.test/a?b=1#part", "site.test", "/a?b=1"),
        ("site.test/a b", "site.test", "/a%20b"),
        ("site.test/%61", "site.test", "/a"),
        ("site.test/a", "site.test", "/%2561"),
        ("site.test/a/b", "site.test", "//a/./x/../b"),
        ("site.test/é", "site.test", "/%C3%A9"),
        ("münchen.test", "xn--mnchen-3ya.test", "/"),
        ("192.0.2.7/a", "192.0.2.7", "/a"),
        ("[2001:db8::7]/a", "[2001:db8::7]", "/a"),
    ],
)
def test_a_listed_address_is_found_however_it_is_spelt(line: str, host: str, target: str) -> None:
    assert listed(line, host, target)


@pytest.mark.parametrize(
    ("line", "host", "target"),
    [
        ("site.test", "notsite.test", "/"),
        ("site.test", "site.test.elsewhere.test", "/"),
        ("below.site.test", "site.test", "/"),
        ("site.test/a", "site.test", "/"),
        ("site.test/a", "site.test", "/A"),
        ("site.test/a", "site.test", "/a/b"),
        ("site.test/a/", "site.test", "/a"),
        ("site.test/a?b=1", "site.test", "/a"),
        ("site.test/a?b=1", "site.test", "/a?b=12"),
        ("192.0.2.7", "9.192.0.2.7", "/"),
    ],
)
def test_what_only_resembles_a_listed_address_is_not_found(line: str, host: str, target: str) -> None:
    assert not listed(line, host, target)


@pytest.mark.parametrize("line", ["", "bad line", "one-word", "https://", "/path/only", "site.te st/a", "\udc80.test"])
def test_what_is_no_address_is_refused_without_being_quoted(line: str) -> None:
    with pytest.raises(ValueError, match=r"^is no address$"):
        entry(line)


def test_an_endless_address_has_a_handful_of_forms() -> None:
    assert len(list(forms(".".join("abcdefghij"), "/x" * 5000 + "?" + "y" * 10_000))) < 50


def test_a_top_level_domain_is_never_asked_for() -> None:
    assert list(hosts("a.b.test")) == ["a.b.test", "b.test"]
