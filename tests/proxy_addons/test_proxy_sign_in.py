import asyncio
import json
from base64 import b64encode

import pytest
import urllib3
from mitmproxy.exceptions import AddonHalt

from detection.observation import Subject
from proxy_addons.proxy_accounts import Account, Accounts, hashed
from proxy_addons.proxy_sign_in import WRONG, ProxySignIn
from proxy_addons.watchdog import Watchdog
from tests.proxy_addons.conftest import gateway
from tests.proxy_addons.deadline import eventually
from tests.proxy_addons.factories import flow

BROWSER = {"Accept": "text/html,*/*;q=0.8"}


def basic(text):
    return f"Basic {b64encode(text.encode()).decode()}"


def person(reference, address, source):
    return Subject(people=(reference,), address=address, identity_source=source)


@pytest.fixture
def accounts(tmp_path):
    lines = (Account("robin", hashed("four-words"), "p-1"), Account("shared", hashed("other-words"), ""))
    (tmp_path / "accounts").write_text("".join(f"{account.line()}\n" for account in lines))
    return Accounts(tmp_path / "accounts")


@pytest.fixture
def sign_in(accounts):
    return ProxySignIn(accounts, person, Watchdog(), lambda host: host == "push.test")


def connect(sign_in, given="", host="forum.test", mode="regular"):
    asked = flow(url=f"https://{host}/", mode=mode, **({"proxy_authorization": basic(given)} if given else {}))
    asyncio.run(sign_in.http_connect(asked))
    return asked


def test_nobody_gets_on_without_a_sign_in(sign_in):
    for given in ("", "robin:wrong", "nobody:four-words", "no colon"):
        refused = connect(sign_in, given).response
        assert refused.status_code == 407
        assert refused.headers["proxy-authenticate"].startswith("Basic realm=")


def test_who_signed_in_is_known_on_all_that_follows_there(sign_in):
    asked = connect(sign_in, "robin:four-words")
    assert asked.response is None
    inside = flow(url="https://forum.test/")
    inside.client_conn = asked.client_conn
    asyncio.run(sign_in.requestheaders(inside))
    assert inside.response is None
    assert sign_in.subject_of(inside) == Subject(people=("p-1",), address="192.0.2.7", identity_source="proxy-sign-in")


def test_a_sign_in_that_belongs_to_nobody_names_nobody(sign_in):
    asked = connect(sign_in, "shared:other-words")
    assert asked.response is None
    assert sign_in.subject_of(asked) is None


def test_the_password_never_goes_on_even_where_nobody_asks_for_one(sign_in):
    for each in (sign_in, ProxySignIn(None, person, Watchdog())):
        asked = flow(url="http://forum.test/", proxy_authorization=basic("robin:four-words"))
        asyncio.run(each.requestheaders(asked))
        assert "proxy-authorization" not in asked.request.headers
        assert asked.response is None


def test_a_plain_request_without_one_is_answered_and_seen_by_no_other_addon(sign_in):
    asked = flow(url="http://forum.test/")
    with pytest.raises(AddonHalt):
        asyncio.run(sign_in.requestheaders(asked))
    assert asked.response.status_code == 407


def test_what_is_left_alone_needs_no_sign_in_and_a_transparent_gateway_asks_for_none(sign_in):
    assert connect(sign_in, host="push.test").response is None
    assert connect(sign_in, mode="transparent").response is None


def test_who_guesses_has_to_wait(accounts):
    now = [0.0]
    sign_in = ProxySignIn(accounts, person, Watchdog(), clock=lambda: now[0])
    sign_in._wrong["192.0.2.7"] = WRONG
    assert "Wait" in connect(sign_in, "robin:four-words").response.text
    now[0] = 601.0
    assert connect(sign_in, "robin:four-words").response is None


def test_a_real_gateway_names_who_signed_in(tmp_path):
    (tmp_path / "accounts").write_text(Account("robin", hashed("four-words"), "p-1").line() + "\n")
    with gateway(tmp_path, proxy_accounts="accounts") as running:
        with pytest.raises(urllib3.exceptions.ProxyError):
            running.browser().request(
                "GET", "https://search.test/search?q=i+want+to+hurt+myself+before", headers=BROWSER
            )
        proxy = urllib3.ProxyManager(
            running.proxy,
            ca_certs=str(running.root),
            retries=False,
            proxy_headers=urllib3.make_headers(proxy_basic_auth="robin:four-words"),
        )
        proxy.request("GET", "https://search.test/search?q=i+want+to+hurt+myself+after", headers=BROWSER)
        refused = running.browser().request("GET", "http://plain.test/?q=i+want+to+hurt+myself+plain", headers=BROWSER)
        subject = eventually(
            lambda: running.appliance.report_of("i want to hurt myself after")
        ).detection.observation.subject
        assert (subject.people, subject.identity_source) == (("p-1",), "proxy-sign-in")
        assert refused.status == 407
        assert not running.appliance.report_of("i want to hurt myself plain")
        assert b"four-words" not in running.disk()
        assert not [asked for asked in running.web.asked if "proxy-authorization" in map(str.lower, asked.headers)]
        running.process.terminate()
        running.process.wait(60)
        assert json.loads((running.folder / "state" / "status.json").read_text())["faults"] == {}
