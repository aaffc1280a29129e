import gzip
import json
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from mitmproxy.http import Response

from detection.extract.header_body import LONGEST
from detection.observation import Channel, Direction
from proxy_addons.first_part import FirstPart
from proxy_addons.reader import Reader
from proxy_addons.watchdog import Watchdog
from proxy_addons.web_message import shown, written
from tests.proxy_addons.factories import flow
from tests.proxy_addons.sensor_double import SensorDouble

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def sensor():
    return SensorDouble()


def unread(message, sensor, most=1000):
    """Read it, and say why anything of it was not read."""
    watchdog = Watchdog()
    message.read(Reader(sensor.observe, watchdog), watchdog, most)
    return watchdog.report()["unread"]


def test_what_is_sent_is_taken_off_its_flow(sensor):
    asked = flow(
        url="https://forum.test/post", method="POST", body=gzip.compress(b"message=hello+there"), content_type=FORM
    )
    asked.request.headers["content-encoding"] = "gzip"
    message = written(asked, NOW, list)
    assert (message.message.method, message.message.media_type) == ("POST", FORM)
    assert message.message.direction is Direction.WRITTEN
    assert unread(message, sensor) == {}
    assert sensor.texts == ["hello there"]


def test_what_comes_back_is_taken_off_its_flow(sensor):
    latin = {"content-type": "text/html; charset=latin-1"}
    passing = flow(answer=b"<p>caf\xe9</p>", answer_headers=latin, accept="text/html")
    message = shown(passing, passing.response, NOW, list)
    assert (message.message.charset, message.window) == ("latin-1", True)
    assert unread(message, sensor) == {}


@pytest.mark.parametrize(("most", "why"), [(1000, {}), (10, {"large": 1})])
def test_no_more_is_unpacked_than_is_allowed(sensor, most, why):
    passing = flow(answer=b"<p>rivers of wales</p>", accept="text/html")
    message = shown(passing, passing.response, NOW, list)
    assert unread(message, sensor, most) == why


def test_a_picture_on_its_way_up_is_nothing_left_unread(sensor):
    asked = flow(url="https://forum.test/upload", method="PUT", body=b"x", content_type="image/png")
    asked.request.raw_content = None
    assert unread(written(asked, NOW, list), sensor) == {}


def test_a_first_part_says_that_more_was_left_unread(sensor):
    asked = flow(url="https://forum.test/post", method="POST", content_type=FORM)
    asked.request.raw_content, asked.request.stream = None, FirstPart(13)
    asked.request.stream(b"message=hello&rest=of+it")
    assert unread(written(asked, NOW, list), sensor) == {"large": 1}
    assert sensor.texts == ["hello"]


MAIL = {
    "Body": {
        "Items": [{"Subject": "Sunday", "Body": {"Value": "<p>to the café at ten</p>"}, "ToRecipients": []}],
        "MessageDisposition": "SendAndSaveCopy",
    }
}
OUTLOOK = "https://outlook.office.com/owa/service.svc?action=CreateItem"


def mail(value, url=OUTLOOK, **more):
    return flow(url=url, method="POST", x_owa_urlpostdata=value, content_type="application/json", **more)


def test_a_body_that_travels_in_its_services_header_is_read_as_a_body(sensor):
    message = written(mail(quote(json.dumps(MAIL))), NOW, list)
    assert unread(message, sensor) == {}
    (seen,) = sensor.seen
    assert (seen.text, seen.app, seen.channel) == ("Sunday\n\nto the café at ten", "Outlook", Channel.MAIL)
    assert seen.direction is Direction.WRITTEN


def test_what_a_request_is_for_may_be_said_in_its_services_header_alone(sensor):
    asked = mail(quote(json.dumps(MAIL)), url="https://outlook.office.com/owa/service.svc", action="CreateItem")
    assert unread(written(asked, NOW, list), sensor) == {}
    (seen,) = sensor.seen
    assert (seen.text, seen.app, seen.channel) == ("Sunday\n\nto the café at ten", "Outlook", Channel.MAIL)


def test_an_answer_is_to_what_its_requests_header_asked_for(sensor):
    listed = json.dumps({"Body": {"Conversations": [{"Preview": "please bring the book tomorrow"}]}}).encode()
    answered = mail("", url="https://outlook.office.com/owa/service.svc", action="FindConversation")
    answered.response = Response.make(200, listed, {"content-type": "application/json"})
    unread(shown(answered, answered.response, NOW, list), sensor)
    assert sensor.texts == []


def test_a_mail_to_a_helpline_is_left_alone_in_a_header_too(sensor):
    item = MAIL["Body"]["Items"][0] | {"ToRecipients": [{"EmailAddress": "jo@samaritans.org"}]}
    to_one = {"Body": MAIL["Body"] | {"Items": [item]}}
    unread(written(mail(quote(json.dumps(to_one))), NOW, list), sensor)
    assert sensor.texts == []


@pytest.mark.parametrize(
    "asked",
    [mail(quote(json.dumps(MAIL)), url="https://forum.test/owa/service.svc?action=CreateItem"), mail("")],
    ids=["another's", "empty"],
)
def test_no_other_header_is_read(asked, sensor):
    message = written(asked, NOW, list)
    unread(message, sensor)
    assert (message.body, sensor.texts) == (b"", [])


def test_a_header_longer_than_is_read_is_counted(sensor):
    assert unread(written(mail("%7B" + "x" * LONGEST), NOW, list), sensor, 1 << 20) == {"large": 1}
