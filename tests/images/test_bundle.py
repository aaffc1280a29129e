import pytest

from detection.evidence import read
from images.bundle import MOST_OF_ALL, MOST_OF_ONE, Bundle, NotDrawable, bundle
from tests.images.factories import URL, evidence

HTML = "text/html; charset=utf-8"


def urls(found: Bundle) -> list[str]:
    return [resource.url for resource in found.resources]


def test_the_page_is_the_one_that_was_flagged() -> None:
    found = bundle(read(evidence(("https://a.example/", HTML, b"other"), (URL, HTML, b"this"))), URL)
    assert found.url == URL
    assert found.resources[0].body == b"this"


def test_an_address_shortened_by_the_sensor_still_finds_its_page() -> None:
    recorded = read(evidence(("https://a.example/", HTML, b"other"), (f"{URL}?session=1", HTML, b"this")))
    assert bundle(recorded, URL).resources[0].body == b"this"


def test_an_address_nobody_knows_means_the_first() -> None:
    recorded = read(evidence((URL, HTML, b"first"), ("https://a.example/", HTML, b"second")))
    assert bundle(recorded, "https://else.example/").url == URL


def test_a_redirect_is_followed_within_the_bundle() -> None:
    recorded = evidence(
        ("https://a.example", HTML, b""),
        ("https://a.example/in", HTML, b"in"),
        status=302,
        headers=(("Location", "/in"),),
    )
    found = bundle(read(recorded), "https://a.example/")
    assert found.url == "https://a.example/in"
    assert found.resources[0].body == b"in"


def test_a_redirect_to_itself_ends() -> None:
    recorded = evidence((URL, HTML, b"round and round"), status=302, headers=(("Location", URL),))
    assert bundle(read(recorded), URL).resources[0].status == 200


def test_fragments_do_not_matter() -> None:
    found = bundle(
        read(evidence((f"{URL}#top", HTML, b"page"), ("https://a.example/s.svg#x", "image/svg+xml", b"s"))), URL
    )
    assert urls(found) == [URL, "https://a.example/s.svg"]


@pytest.mark.parametrize("media_type", ["application/json", "image/png", "application/pdf", ""])
def test_what_is_no_page_is_not_drawn(media_type: str) -> None:
    with pytest.raises(NotDrawable, match=r"is not a page"):
        bundle(read(evidence((URL, media_type, b"x"))), URL)


def test_a_page_whose_server_did_not_say_so_is_known_by_its_beginning() -> None:
    found = bundle(read(evidence((URL, "", b"\n <!doctype html><p>page"))), URL)
    assert dict(found.resources[0].headers)["content-type"] == "text/html"


def test_nothing_recorded_is_said() -> None:
    with pytest.raises(NotDrawable, match="Nothing of the page was recorded"):
        bundle((), URL)


def test_an_empty_page_is_said() -> None:
    with pytest.raises(NotDrawable, match="bytes were not recorded"):
        bundle(read(evidence((URL, HTML, b""))), URL)


def test_headers_that_lead_away_or_save_a_file_are_left_out() -> None:
    headers = (
        ("Refresh", "0; url=https://b.example/"),
        ("Content-Disposition", "attachment"),
        ("Strict-Transport-Security", "max-age=1"),
        ("Content-Encoding", "gzip"),
        ("Content-Security-Policy", "default-src 'none'"),
    )
    kept = dict(bundle(read(evidence((URL, HTML, b"page"), headers=headers)), URL).resources[0].headers)
    assert set(kept) <= {"content-type", "content-security-policy"}
    assert kept["content-type"].startswith("text/html")


def test_a_page_too_large_is_cut_and_other_things_too_large_are_left_out() -> None:
    recorded = evidence(
        (URL, HTML, b"x" * (MOST_OF_ONE + 1)), ("https://a.example/a.png", "image/png", b"y" * (MOST_OF_ONE + 1))
    )
    found = bundle(read(recorded), URL)
    assert [len(resource.body) for resource in found.resources] == [MOST_OF_ONE]


def test_a_bundle_too_full_keeps_its_styles() -> None:
    pictures = [(f"https://a.example/{n}.png", "image/png", bytes([n]) * (4 * 2**20)) for n in range(12)]
    recorded = evidence((URL, HTML, b"page"), *pictures, ("https://a.example/s.css", "text/css", b"p{}"))
    found = bundle(read(recorded), URL)
    assert "https://a.example/s.css" in urls(found)
    assert sum(len(resource.body) for resource in found.resources) <= MOST_OF_ALL
    assert 2 < len(found.resources) < 14


def test_addresses_that_are_none_are_left_out() -> None:
    recorded = evidence(
        (URL, HTML, b"page"), ("data:text/css,p{}", "text/css", b"p{}"), ("http://[x", "text/css", b"p{}")
    )
    assert urls(bundle(read(recorded), URL)) == [URL]
