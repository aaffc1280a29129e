"""What was recorded as a sensor records it, read again as a sensor read it."""

from dataclasses import replace
from typing import Any

import pytest

from detection.evidence import bundle, read
from detection.har import Exchange
from detection.observation import Channel, Direction, Observation
from detection.rereading import Reading, Reread, is_but_masked, reread
from tests.detection.factories import NOW, observation

SAME = Reread(reading=Reading.SAME)
PAGE = "<html><title>News</title><p>nobody likes you</p><p>go away</p></html>"
HOST = "paper.example"
WRITTEN = {"channel": Channel.POST, "direction": Direction.WRITTEN, "app": HOST, "conversation": HOST}


def exchange(url: str = f"https://{HOST}/x", **fields: Any) -> Exchange:
    plain: dict[str, Any] = {"started_at": NOW, "method": "GET", "url": url, "status": 0}
    return Exchange(**plain | fields)


def posted(body: str, **fields: Any) -> Exchange:
    form = {"method": "POST", "request_type": "application/x-www-form-urlencoded", "request_body": body.encode()}
    return exchange(**form | fields)


def stored(text: str, url: str = f"https://{HOST}/x", **fields: Any) -> Observation:
    return observation(text=text, location=url, **WRITTEN | fields)


def again(recorded: Exchange, seen: Observation) -> Reread:
    """By way of the evidence, where secrets are taken out."""
    return reread(read(bundle([recorded])), seen)


def test_a_search_is_read_in_its_address() -> None:
    url = f"https://{HOST}/search?q=nobody+likes+you"
    assert again(exchange(url), stored("nobody likes you", url, channel=Channel.SEARCH)) == SAME


def test_a_form_is_read_in_its_body() -> None:
    assert again(posted("text=nobody+likes+you"), stored("nobody likes you")) == SAME


def test_a_mail_is_read_as_one_by_the_header_that_says_it_was_sent() -> None:
    url = "https://outlook.office.com/owa/service.svc"
    item = '{"Subject": "Friday", "Body": {"Value": "<p>nobody likes you</p>"}}'
    sent = exchange(
        url,
        method="POST",
        request_headers=(("Action", "CreateItem"),),
        request_type="application/json",
        request_body=f'{{"Body": {{"Items": [{item}], "MessageDisposition": "SendOnly"}}}}'.encode(),
    )
    where = {"app": "Outlook", "conversation": "outlook.office.com"}
    assert again(sent, stored("Friday\n\nnobody likes you", url, channel=Channel.MAIL, **where)) == SAME


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "iso-8859-1"])
def test_a_page_is_read_in_its_own_letters_and_as_one(charset: str) -> None:
    page = exchange(
        status=200,
        media_type="text/html",
        response_headers=(("Content-Type", f"text/html; charset={charset}"),),
        body=PAGE.replace("News", "Été").encode(charset),
    )
    seen = stored("Été\nnobody likes you\ngo away", channel=Channel.PAGE, direction=Direction.SHOWN)
    assert again(page, seen) == SAME


@pytest.mark.parametrize("direction", [Direction.WRITTEN, Direction.SHOWN])
def test_a_message_of_a_websocket_is_read_as_one(direction: Direction) -> None:
    words = b'{"type": "message", "text": "nobody likes you"}'
    opened = exchange(f"wss://{HOST}/x", request_headers=(("Upgrade", "websocket"),))
    sent = replace(opened, request_type="text/plain", request_body=words)
    came = replace(opened, status=101, media_type="text/plain", body=words)
    seen = stored("nobody likes you", f"wss://{HOST}/x", channel=Channel.MESSAGE, direction=direction)
    assert again(sent if direction is Direction.WRITTEN else came, seen) == SAME


def test_what_went_over_another_protocol_was_recorded_as_its_words() -> None:
    mail = exchange("smtp://mail.example:25", method="SMTP", request_type="text/plain", request_body=b"go away")
    seen = stored("go away", "smtp://mail.example:25", channel=Channel.MAIL, app="SMTP", conversation="to Kim")
    assert again(mail, seen) == SAME
    assert again(mail, replace(seen, app="IMAP")).otherwise == ("app",)
    assert again(mail, replace(seen, text="come here")).reading is Reading.OTHER


def test_a_secret_that_was_masked_does_not_make_it_another_text() -> None:
    text = "log in with https://paper.example/x?token=s3cr3t4you and go away"
    posting = posted("text=log+in+with+https://paper.example/x%3Ftoken%3Ds3cr3t4you+and+go+away")
    assert again(posting, stored(text)).reading is Reading.MASKED
    assert again(posting, stored(text.replace("go away", "stay"))).reading is Reading.OTHER


def test_a_canary_that_was_cut_out_does_not_make_it_another_text() -> None:
    sent = posted("text=nobody+gatehouse+canary+abcd-efgh-2345+likes+you")
    assert again(sent, stored("nobody likes you")) == SAME
    assert again(sent, stored("nobody gatehouse canary abcd-efgh-2345 likes you")) == SAME
    assert again(posted("text=nobody+gatehouse+canary+likes+you"), stored("nobody likes you")).reading is Reading.OTHER


def test_words_that_the_bytes_do_not_say_are_told() -> None:
    assert again(posted("text=come+here"), stored("nobody likes you")).reading is Reading.OTHER


def test_what_is_told_otherwise_beside_the_words_is_named() -> None:
    found = again(posted("text=go+away"), stored("go away", app="chat", author="Kim"))
    assert found == Reread(reading=Reading.SAME, otherwise=("app", "author"))


def test_a_text_that_is_not_in_half_a_message_is_not_another() -> None:
    assert again(posted("text=come+here", truncated=True), stored("nobody likes you")).reading is Reading.CUT


def test_what_stands_where_nothing_is_kept_is_no_difference() -> None:
    page = exchange(status=200, media_type="text/html", body=b"<p>News</p><script>x = 'go away'</script>")
    said = stored("go away", channel=Channel.MESSAGE, direction=Direction.SHOWN)
    assert again(page, said).reading is Reading.UNKEPT
    assert again(page, replace(said, channel=Channel.PAGE)).reading is Reading.OTHER
    nested = "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\ngo away\r\n--c--\r\n--b--\r\n"
    parts = posted(nested, request_type="multipart/mixed")
    assert again(parts, stored("go away")).reading is Reading.UNKEPT


def test_an_address_that_is_none_is_read_all_the_same() -> None:
    assert again(posted("text=go+away", url="https://[x/y"), stored("go away", "https://[x/y")).reading is Reading.SAME


def test_of_a_document_no_bytes_are_kept() -> None:
    upload = exchange(method="POST", request_type="application/pdf", truncated=True)
    assert again(upload, stored("nobody likes you", channel=Channel.DOCUMENT)).reading is Reading.NOTHING
    assert reread((), stored("nobody likes you")).reading is Reading.NOTHING


@pytest.mark.parametrize(
    ("read", "stored", "is_it"),
    [
        ("my key is removed ok", "my key is 12345 ok", True),
        ("removed and removed", "one and two", True),
        ("removed and removed", "one or two", False),
        ("ab removed ba", "aba", False),
        ("nothing masked", "nothing else", False),
    ],
)
def test_a_mask_stands_for_something_and_all_else_for_itself(read: str, stored: str, is_it: bool) -> None:
    assert is_but_masked(read, stored) is is_it
