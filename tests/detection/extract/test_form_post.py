import json
from urllib.parse import urlencode

import pytest

from detection.observation import Channel
from tests.detection.extract.factories import only, said, written

FORM = "application/x-www-form-urlencoded"


def multipart(*parts: tuple[str, str]) -> bytes:
    pieces = [f"--xyz\r\nContent-Disposition: form-data; {head}\r\n\r\n{content}\r\n" for head, content in parts]
    return ("".join(pieces) + "--xyz--\r\n").encode()


def form(**fields: str) -> bytes:
    return urlencode(fields).encode()


def test_the_text_fields_are_read() -> None:
    body = form(subject="Tomorrow", comment="nobody likes you", submit="Send", lang="en", id="48121")
    assert said(written(body, FORM)) == [(Channel.POST, "Tomorrow"), (Channel.POST, "nobody likes you")]


def test_the_name_of_metas_operation_is_nobodys_words() -> None:
    body = form(fb_api_req_friendly_name="CometUserUpdateBioMutation", variables='{"bio": "alone at the sea"}')
    assert said(written(body, FORM)) == [(Channel.POST, "alone at the sea")]


@pytest.mark.parametrize(
    "name", ["password", "user[password]", "newPassword2", "Passwd", "pin", "otp", "csrf_token", "cvv"]
)
def test_secret_fields_are_never_read(name: str) -> None:
    assert said(written(form(**{name: "open the door"}), FORM)) == []
    assert said(written(multipart((f'name="{name}"', "open the door")), "multipart/form-data")) == []


def test_a_document_among_the_files_is_not_taken_for_plain_text() -> None:
    body = multipart(('name="file"; filename="my letter"', "{\\rtf1 nobody likes you}"))
    assert said(written(body, "multipart/form-data")) == [(Channel.FILE_NAME, "my letter")]


def test_multipart_fields_are_read_like_the_others() -> None:
    body = multipart(('name="text"', "nobody likes you"), ('name="token"', "abc def"))
    assert said(written(body, "multipart/form-data")) == [(Channel.POST, "nobody likes you")]


def test_an_uploaded_text_is_read_by_its_name_and_content() -> None:
    body = multipart(('name="file"; filename="my diary.txt"', "dear diary, today was long"))
    assert said(written(body, "multipart/form-data")) == [
        (Channel.FILE_NAME, "my diary.txt"),
        (Channel.DOCUMENT, "dear diary, today was long"),
    ]


def test_an_uploaded_picture_is_read_by_its_name_only() -> None:
    head = 'name="file"; filename="at the beach.png"\r\nContent-Type: image/png'
    body = multipart((head, "words that happen to be in a picture"))
    assert said(written(body, "multipart/form-data")) == [(Channel.FILE_NAME, "at the beach.png")]


def test_a_search_box_sent_by_post_is_a_search() -> None:
    assert only(written(form(q="lonely"), FORM)).channel is Channel.SEARCH


def test_a_chat_message_keeps_its_room() -> None:
    passage = only(written(form(token="x-1", channel="C024", text="hello you"), FORM))
    assert (passage.channel, passage.text, passage.conversation) == (Channel.MESSAGE, "hello you", "C024")


def test_json_in_a_field_is_opened() -> None:
    body = form(**{"f.req": json.dumps([None, json.dumps([["how do volcanoes work", 0]])])})
    assert said(written(body, FORM, url="https://gemini.google.com/app")) == [(Channel.PROMPT, "how do volcanoes work")]


def test_markup_from_an_editor_is_taken_off() -> None:
    assert only(written(form(body="<p>go <b>aw</b>ay</p>"), FORM)).text == "go away"


def test_other_charsets_are_decoded() -> None:
    assert only(written(b"comment=caf%E9+au+lait", FORM, charset="iso-8859-1")).text == "café au lait"


def test_a_number_is_said_only_where_people_write() -> None:
    assert said(written(form(rev="45", due="2026-09-01", answer="45"), FORM)) == [(Channel.POST, "45")]


def test_what_a_page_fills_in_by_itself_is_nothing_said() -> None:
    fields = {
        "notify": "true",
        "key2": "6f1d2c9a",
        "mode_of": "new_topic",
        "sbutton": "Post Quick Reply",
        "hobby": "chess",
    }
    assert said(written(form(**fields), FORM)) == [(Channel.POST, "chess")]


def test_the_same_words_in_two_fields_are_said_once() -> None:
    body = form(comment="nobody likes you", comment_backup="nobody likes you")
    assert said(written(body, FORM)) == [(Channel.POST, "nobody likes you")]


@pytest.mark.parametrize("disposition", ['name="payload_json"', 'name="message"; filename="blob"'])
def test_a_part_that_is_json_is_opened(disposition: str) -> None:
    head = f"--b\r\nContent-Disposition: form-data; {disposition}\r\nContent-Type: application/json\r\n\r\n"
    body = f'{head}{{"content": "see you at the river"}}\r\n--b--\r\n'
    assert said(written(body, "multipart/form-data")) == [(Channel.POST, "see you at the river")]


def test_a_field_that_is_coded_for_the_way_is_read() -> None:
    body = (
        b'--b\r\nContent-Disposition: form-data; name="comment"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
        b"c2VlIHlvdSBhdCB0aGUgcml2ZXI=\r\n--b--\r\n"
    )
    assert [text for _, text in said(written(body, "multipart/form-data"))] == ["see you at the river"]
