"""The proxy that a device asks for, beside what nobody has to ask for: the PAC file, what it refuses, who signs in."""

from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Error, expect

from tests.box.place import GATEHOUSE
from tests.box.pupil import curl
from tests.box.standing import CHECK, HELPLINE, KNOWN, NAME, NEEDS, PROXY, TRUSTED, Standing, gateway, visiting
from tests.box.town import GATEWAY_GUESTS, GATEWAY_PUPILS, PUPILS4

pytestmark = NEEDS


def through_proxy(box, url, *more, address=PUPILS4[0], trusted=None):
    proxy = ("--proxy", f"http://{GATEWAY_PUPILS}:3128", "--noproxy", "", *more)
    return curl(box.town.pupils, url, trusted or box.root, address=address, more=proxy)


def test_both_ways_at_once_know_which_device_it_was(box):
    search = "https://search.test/search?q=i+want+to+hurt+myself+{}"
    assert curl(box.town.pupils, search.format("unasked"), box.root, address=PUPILS4[1]).exit == 0
    assert through_proxy(box, search.format("asked"), address=PUPILS4[2]).exit == 0
    assert box.reports.of("i want to hurt myself unasked")["address"] == PUPILS4[1]
    assert box.reports.of("i want to hurt myself asked")["address"] == PUPILS4[2]


def test_what_is_never_opened_is_not_opened_through_the_proxy_either(box):
    said = through_proxy(box, f"https://{HELPLINE}/", "-k", "-w", "%{stderr}%{certs}%{json}").said
    assert "Sample web authority" in said
    assert "Gatehouse" not in said


@pytest.mark.parametrize(
    "url", ["http://inside.test/", "http://127.0.0.1:9081/", "http://door.test/", "http://192.0.2.1:8443/"]
)
def test_nothing_of_the_box_and_nothing_near_it_is_reached_through_the_proxy(box, url):
    assert through_proxy(box, url).status in (403, 502)


def test_other_ports_than_the_webs_are_refused(box):
    assert "403" in through_proxy(box, "https://web.test:22/").said
    assert through_proxy(box, "http://web.test:25/").status == 403


def test_the_boxs_own_page_is_reached_through_the_proxy_too(box):
    assert "The school reads" in through_proxy(box, f"http://{NAME}/").body
    assert through_proxy(box, f"https://{CHECK}/state.json").body == '{"trusted": true}'


def test_a_network_without_a_proxy_has_none(box):
    refused = curl(
        box.town.guests, "http://web.test/", more=("--proxy", f"http://{GATEWAY_GUESTS}:3128", "--noproxy", "")
    )
    assert refused.exit == 7


def test_a_device_that_asks_whether_it_is_online_gets_the_answer_of_who_it_asked(box):
    box.internet.put("/hotspot-detect.html", "<BODY>Success</BODY>")
    for asked in (
        curl(box.town.pupils, "http://web.test/hotspot-detect.html"),
        through_proxy(box, "http://web.test/hotspot-detect.html"),
    ):
        assert (asked.status, asked.body) == (200, "<BODY>Success</BODY>")


PAC = (f"--proxy-pac-url=http://{NAME}/proxy.pac",)
ELSEWHERE = "http://elsewhere.test/"
"""A name that the gateway can find and pupils cannot: only who asks the proxy comes there."""


def test_a_browser_with_the_pac_file_asks_the_proxy_and_reaches_the_box_straight(box, tmp_path):
    with visiting(box, tmp_path / "home", box.root, options=PAC) as page:
        page.goto(ELSEWHERE)
        assert "Welcome to elsewhere.test" in page.content()
        page.goto("https://web.test/")
        assert "Welcome to web.test" in page.content()
        page.goto(f"http://{NAME}/")
        expect(page.get_by_text(TRUSTED)).to_be_visible()


def test_a_browser_that_looks_for_a_proxy_by_itself_finds_the_box(box, tmp_path):
    """As "wpad", which devices ask for in the domain they are in; the box's resolver knows it there (test_names.py)."""
    box.town.pupils.hosts(KNOWN | {"wpad": GATEWAY_PUPILS})
    try:
        with visiting(box, tmp_path / "home", box.root, options=("--proxy-auto-detect",)) as page:
            page.goto(ELSEWHERE)
            assert "Welcome to elsewhere.test" in page.content()
    finally:
        box.town.pupils.hosts(KNOWN)


@contextmanager
def _without_proxy(box: Standing) -> Iterator[None]:
    box.town.gateway.run("nft", "delete element inet gatehouse proxies { 0 }")
    try:
        yield
    finally:
        box.town.gateway.run("nft", f"add element inet gatehouse proxies {{ 0 : {PROXY} }}")


def test_while_no_worker_answers_a_browser_goes_straight_where_it_may(box, tmp_path):
    with _without_proxy(box), visiting(box, tmp_path / "home", box.root, options=PAC) as page:
        page.goto("https://web.test/")
        assert "Welcome to web.test" in page.content()
        with pytest.raises(Error, match="ERR_"):
            page.goto(ELSEWHERE)


def test_and_where_it_may_not_it_goes_nowhere(box, tmp_path):
    closed = curl(box.town.pupils, f"http://{NAME}/proxy.pac").body.replace("; DIRECT", "")
    packed = b64encode(closed.encode()).decode()
    options = (f"--proxy-pac-url=data:application/x-ns-proxy-autoconfig;base64,{packed}",)
    with _without_proxy(box), visiting(box, tmp_path / "home", box.root, options=options) as page:
        with pytest.raises(Error, match="ERR_PROXY_CONNECTION_FAILED"):
            page.goto("https://web.test/")
        another = page.context.new_page()
        another.goto(f"http://{NAME}/")
        expect(another.get_by_text(TRUSTED)).to_be_visible()


def test_people_are_known_by_their_sign_in_where_the_school_wants_one(box, tmp_path):
    accounts = box.folder / "accounts"
    made = box.town.gateway.run(GATEHOUSE, "proxy-account", "add", "robin", "--person", "p-17", "--file", accounts)
    login, password = made.stdout.split()
    more = f'proxy_accounts = "{accounts}"'
    server = f"http://{GATEWAY_PUPILS}:3128"
    with gateway(box, "signed", more, 8082, 9082), _proxy_at(box, 9082):
        root = box.folder / "signed" / "authority" / "gatehouse-root.pem"
        assert "407" in through_proxy(box, "https://web.test/", trusted=root).said
        signed = {"proxy": {"server": server, "username": login, "password": password}}
        with visiting(box, tmp_path / "home", root, **signed) as page:
            page.goto("https://search.test/search?q=i+want+to+hurt+myself+signed")
        who = box.reports.of("i want to hurt myself signed")
        assert (who["people"], who["source"]) == ("p-17", "proxy-sign-in")
        over_tls = {"proxy": {"server": f"https://{NAME}:3128", "username": login, "password": password}}
        with visiting(box, tmp_path / "another-home", root, **over_tls) as page:
            page.goto("https://search.test/search?q=i+want+to+hurt+myself+unseen")
        assert box.reports.of("i want to hurt myself unseen")["people"] == "p-17"


@contextmanager
def _proxy_at(box: Standing, port: int) -> Iterator[None]:
    with _without_proxy(box):
        box.town.gateway.run("nft", f"add element inet gatehouse proxies {{ 0 : {port} }}")
        try:
            yield
        finally:
            box.town.gateway.run("nft", "delete element inet gatehouse proxies { 0 }")
