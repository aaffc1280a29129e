"""The shapes that forums, comment forms and trackers publish, on a host nobody has named."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from detection.extract import Message, extract
from detection.extract.forum import (
    commented_on,
    is_button,
    is_recipient,
    is_reply,
    recipient_of,
    thread_in,
    thread_of,
)
from detection.observation import Channel
from tests.detection.extract.factories import frame, shown, written

HOST = "https://board.example"
SAYS = "I saw two of them"
KEY = "6f1d2c9a6f1d2c9a6f1d2c9a"


def form(path: str, **fields: str) -> Message:
    return written(urlencode(fields), "application/x-www-form-urlencoded", url=HOST + path)


def parts(path: str, fields: dict[str, str]) -> Message:
    pieces = [f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{v}\r\n' for name, v in fields.items()]
    return written("".join(pieces) + "--x--\r\n", "multipart/form-data", url=HOST + path)


def post(path: str, value: Any) -> Message:
    return written(value, url=HOST + path)


REPLIES = {
    "Discourse": form("/posts", raw=SAYS, unlist_topic="false", category="4", topic_id="812", archetype="regular",
                      typing_duration_msecs="4100", featured_link="", draft_key="topic_812", nested_post="true"),
    "Discourse's API": post("/posts.json", {"raw": SAYS, "topic_id": 812, "archetype": "regular"}),
    "phpBB": parts("/posting.php?mode=reply&f=4&t=812", {
        "addbbcode20": "100", "message": SAYS, "post": "Submit", "lastclick": "1756713600", "topic_cur_post_id": "99",
        "attach_sig": "on", "creation_time": "1756713500", "form_token": KEY}),
    "vBulletin": form("/newreply.php?do=postreply&t=812", message=SAYS, message_backup=SAYS, wysiwyg="1", s="",
                      t="812", securitytoken=f"17-{KEY}", do="postreply", sbutton="Post Quick Reply"),
    "MyBB": form("/newreply.php?ajax=1", my_post_key=KEY, action="do_newreply", posthash=KEY, quoted_ids="",
                 lastpid="3", tid="812", method="quickreply", message=SAYS),
    "SMF": parts("/index.php?board=4;action=post2", {
        "topic": "812", "icon": "xx", "from_qr": "1", "notify": "0", "last_msg": "99", "message": SAYS, "post": "Post",
        "6f1d2c9a": KEY, "seqnum": "551"}),
    "NodeBB": post("/api/v3/topics/812", {"content": SAYS, "toPid": None}),
    "WordPress": form("/wp-comments-post.php", comment=SAYS, author="Sam", email="sam@school.example", url="",
                      submit="Post Comment", comment_post_ID="812", comment_parent="0", akismet_comment_nonce=KEY,
                      ak_js="1756713600"),
    "WordPress's API": post("/wp-json/wp/v2/comments", {"post": 812, "content": SAYS, "author_name": "Sam"}),
    "Moodle": form("/mod/forum/post.php", course="3", forum="9", discussion="812", parent="44", groupid="-1",
                   reply="44", sesskey="6f1d2c", _qf__mod_forum_post_form="1", **{
                       "message[text]": f"<p>{SAYS}</p>", "message[format]": "1", "message[itemid]": "551"},
                   submitbutton="Post to forum"),
    "Drupal": form("/comment/reply/node/812/comment", **{
        "comment_body[0][value]": SAYS, "comment_body[0][format]": "basic_html", "form_build_id": f"form-{KEY}",
        "form_token": KEY, "form_id": "comment_comment_form", "op": "Save"}),
    "GitHub's API": post("/repos/a/b/issues/812/comments", {"body": SAYS}),
    "GitHub": parts("/a/b/issue_comments", {"authenticity_token": KEY, "issue": "812", "comment[body]": SAYS,
                                            "comment_and_close": "1"}),
    "Stack Exchange, a comment": form("/posts/812/comments", comment=SAYS, fkey=KEY),
    "Stack Exchange, an answer": form("/questions/812/answer/submit", **{"post-text": SAYS}, fkey=KEY, author="",
                                      i1l="6f1d2c"),
}  # fmt: skip


@pytest.mark.parametrize("message", REPLIES.values(), ids=REPLIES)
def test_an_answer_in_a_thread_is_a_post_with_its_thread_and_nothing_else(message: Message) -> None:
    assert [(said.channel, said.text, said.conversation) for said in extract(message)] == [(Channel.POST, SAYS, "812")]


def test_an_answer_in_xenforo_keeps_the_threads_name() -> None:
    (said,) = extract(parts("/threads/birds.812/add-reply", {"message_html": f"<p>{SAYS}</p>", "_xfToken": KEY}))
    assert (said.channel, said.text, said.conversation) == (Channel.POST, SAYS, "birds.812")
    (said,) = extract(parts("/threads/birds.812/add-reply", {"message": SAYS, "_xfToken": KEY}))
    assert said.channel is Channel.POST


PRIVATE = {
    "Discourse": (form("/posts", raw=SAYS, archetype="private_message", target_recipients="alexx"), "alexx"),
    "vBulletin": (form("/private.php?do=insertpm", recipients="alexx", message=SAYS, iconid="0"), "alexx"),
    "phpBB": (parts("/ucp.php?i=pm&mode=compose", {
        "username_list": "", "address_list[u][7]": "to", "message": SAYS, "post": "Submit", "form_token": KEY}), "7"),
}  # fmt: skip


@pytest.mark.parametrize(("message", "to"), PRIVATE.values(), ids=PRIVATE)
def test_a_private_message_is_a_message_to_somebody(message: Message, to: str) -> None:
    assert [(s.channel, s.text, s.conversation) for s in extract(message)] == [(Channel.MESSAGE, SAYS, to)]


def test_a_new_thread_is_read_with_its_title() -> None:
    message = form(
        "/posts", raw=SAYS, title="Birds by the river", category="4", archetype="regular", draft_key="new_topic"
    )
    assert [(said.channel, said.text) for said in extract(message)] == [
        (Channel.POST, SAYS),
        (Channel.POST, "Birds by the river"),
    ]


def test_what_discourse_keeps_while_it_is_written_is_sent_later() -> None:
    data = json.dumps({"reply": "I saw", "action": "reply", "categoryId": 4})
    assert list(extract(form("/drafts.json", draft_key="topic_812", sequence="3", data=data))) == []


def test_a_forums_own_chat_keeps_its_room() -> None:
    (said,) = extract(form("/chat/7", message=SAYS, staged_id="1", thread_id="", upload_ids=""))
    assert (said.channel, said.conversation) == (Channel.MESSAGE, "7")


def test_an_answer_over_a_socket_keeps_its_thread() -> None:
    (said,) = extract(frame('421["posts.reply",{"tid":812,"content":"I saw two of them","toPid":3}]'))
    assert (said.text, said.conversation) == (SAYS, "812")


def test_comments_that_are_shown_keep_who_wrote_them_and_where() -> None:
    body = [{"id": 1, "user": {"login": "sam_k", "type": "User"}, "author_association": "NONE", "body": SAYS}]
    (said,) = extract(shown(body, url=HOST + "/repos/a/b/issues/812/comments"))
    assert (said.text, said.author, said.conversation) == (SAYS, "sam_k", "812")


def test_a_thread_that_is_shown_is_a_page() -> None:
    body = {"post_stream": {"posts": [{"id": 1, "cooked": f"<p>{SAYS}</p>", "topic_id": 812, "read": True}]}}
    assert [(said.channel, said.text) for said in extract(shown(body, url=HOST + "/t/812.json"))] == [
        (Channel.PAGE, SAYS)
    ]


@pytest.mark.parametrize(
    ("path", "thread"),
    [
        ("/t/birds-by-the-river/812/3", "812"),
        ("/t/812.json", "812"),
        ("/threads/birds.812/", "812"),
        ("/repos/a/b/issues/812/comments", "812"),
        ("/viewtopic.php?f=4&t=812", "812"),
        ("/index.php?topic=812.0", "812"),
        ("/index.php?t=1756713600123", ""),
        ("/posts", ""),
        ("/weather/812", ""),
    ],
)
def test_an_address_names_its_thread(path: str, thread: str) -> None:
    assert thread_in(HOST + path) == thread


def test_a_broken_address_is_no_error() -> None:
    assert (thread_in("https://[board/"), is_reply("https://[board/")) == ("", False)


def test_zero_and_what_is_no_number_is_no_thread() -> None:
    assert thread_of({"topic_id": 0, "tid": "0", "thread_id": "birds", "discussion": True, "t": None}) == ""
    assert (thread_of({"post": 812}), commented_on({"post": 812})) == ("", "812")


def test_recipients_and_buttons_are_known_by_their_names() -> None:
    assert recipient_of({"recipients": " ", "address_list[g][3]": "to"}) == "3"
    assert is_recipient("target_recipients")
    assert not is_recipient("comment")
    assert is_button("sbutton", "Post Quick Reply")
    assert is_button("post", "Submit")
    assert not is_button("post", "Submit your essays by Friday")
