import base64
from typing import Any

import pytest

from detection.observation import Channel
from tests.detection.extract.factories import only, said, shown, written

PROMPTS: list[tuple[str, Any]] = [
    ("https://api.example/v1/chat", {"model": "m", "messages": [{"role": "user", "content": "tell me a joke"}]}),
    (
        "https://api.example/v1/messages",
        {"messages": [{"role": "user", "content": [{"type": "text", "text": "tell me a joke"}]}], "max_tokens": 5},
    ),
    ("https://ai.example/generate", {"contents": [{"role": "user", "parts": [{"text": "tell me a joke"}]}]}),
    (
        "https://chatgpt.com/backend-api/conversation",
        {
            "action": "next",
            "messages": [
                {
                    "id": "a-1",
                    "author": {"role": "user"},
                    "content": {"content_type": "text", "parts": ["tell me a joke"]},
                }
            ],
            "timezone": "Europe/London",
        },
    ),
    ("https://claude.ai/api/completion", {"prompt": "tell me a joke", "timezone": "Europe/London"}),
    ("https://localhost/api/generate", {"model": "llama", "prompt": "tell me a joke", "stream": True}),
]


@pytest.mark.parametrize(("url", "body"), PROMPTS)
def test_what_is_asked_of_a_chatbot_is_a_prompt(url: str, body: Any) -> None:
    assert said(written(body, url=url)) == [(Channel.PROMPT, "tell me a joke")]


def test_of_a_conversation_sent_along_only_what_is_new_is_read() -> None:
    turns = [
        {"role": "system", "content": "be kind and brief"},
        {"role": "user", "content": "hello there"},
        {"role": "assistant", "content": "good morning to you"},
        {"role": "user", "content": "goodbye"},
    ]
    assert said(written({"messages": turns})) == [(Channel.PROMPT, "goodbye")]


def test_a_reply_is_a_reply() -> None:
    body = {"choices": [{"message": {"role": "assistant", "content": "Why did the hen"}, "finish_reason": "stop"}]}
    assert said(shown(body)) == [(Channel.REPLY, "Why did the hen")]


def test_a_reply_in_one_list_of_pieces_is_joined() -> None:
    pieces = [{"candidates": [{"content": {"role": "model", "parts": [{"text": t}]}}]} for t in ("Why did", " the hen")]
    assert said(shown(pieces)) == [(Channel.REPLY, "Why did the hen")]


def test_replies_sent_line_by_line_are_joined() -> None:
    body = '{"model":"l","response":"Why did","done":false}\n{"model":"l","response":" the hen","done":true}\n'
    assert said(shown(body, "application/x-ndjson")) == [(Channel.REPLY, "Why did the hen")]


def test_a_chat_message_keeps_author_and_room() -> None:
    body = {
        "channel": "C1",
        "messages": [{"type": "message", "user": "U7", "text": "see you"}, {"user": "U8", "text": "ok"}],
    }
    passages = [(said(shown(body)))]
    assert passages == [[(Channel.MESSAGE, "see you"), (Channel.MESSAGE, "ok")]]


def test_a_chats_address_names_the_room() -> None:
    url = "https://discord.com/api/v9/channels/123/messages"
    passage = only(written({"content": "see you", "nonce": "99", "tts": False}, url=url))
    assert (passage.channel, passage.text, passage.conversation) == (Channel.MESSAGE, "see you", "123")


def test_a_pages_texts_come_as_one_passage_each_once() -> None:
    body = {"items": [{"title": "News", "id": "a1"}, {"title": "News", "text": "Some <b>bold</b> words"}]}
    assert said(shown(body)) == [(Channel.PAGE, "News\nSome bold words")]


@pytest.mark.parametrize(
    "body",
    [
        b")]}'\n\n" + b'[{"text": "good morning"}]',
        b'for(;;);{"text": "good morning"}',
        b'\xef\xbb\xbf{"text": "good morning"}',
        b'17\n[["wrb.fr", null, "[[\\"good morning\\"]]"]]\n',
        b'{"id": 1}\n{"text": "good morning"}\n{"broken',
    ],
)
def test_guards_marks_and_lines_around_json_do_not_matter(body: bytes) -> None:
    assert said(shown(body, "application/json")) == [(Channel.PAGE, "good morning")]


@pytest.mark.parametrize("media_type", ["text/plain", "text/html", "", "application/x-www-form-urlencoded"])
def test_json_under_another_type_is_still_json(media_type: str) -> None:
    assert said(written(b'{"comment": "meanie", "id": "x"}', media_type)) == [(Channel.POST, "meanie")]


def test_text_in_brackets_is_still_text() -> None:
    assert said(written(b"[notice] see you all tomorrow", "text/plain")) == [
        (Channel.POST, "[notice] see you all tomorrow")
    ]


def test_a_search_in_a_graphql_call_is_a_search_and_the_program_is_not_read() -> None:
    body = {"query": "query Search($q: String) { search(q: $q) { id title } }", "variables": {"q": "calm music"}}
    assert said(written(body)) == [(Channel.SEARCH, "calm music")]


NO_LANGUAGE: list[Any] = [
    {"id": "9f86d081884c7d659a2feaa0c55ad015", "url": "https://a.example/some where", "type": "MESSAGE_CREATE"},
    {"user_agent": "Mozilla/5.0 (X11; Linux x86_64) Like Gecko", "lang": "en", "theme": "dark"},
    {"text": "https://a.example/page", "content": "q83vEjRWeJCrze8SNFZ4kKvNEjRW"},
    {"style": "color: red; margin: 0 auto;", "css": "a b c", "n": 5, "ok": True, "none": None},
    [],
    {},
    "x",
]


@pytest.mark.parametrize("body", NO_LANGUAGE)
def test_identifiers_addresses_and_code_are_not_language(body: Any) -> None:
    assert said(written(body, "application/json")) == []


SECRETS: list[Any] = [
    {"password": "open the door", "csrf": "open the door"},
    {"credentials": {"any": "open the door", "list": ["open the door"]}},
    {"fields": [{"name": "password", "value": "open the door"}]},
    {"user": {"newPassword": "open the door"}},
    {"payload": '{"password": "open the door"}'},
]


@pytest.mark.parametrize("body", SECRETS)
def test_secret_keys_are_never_read(body: Any) -> None:
    assert said(written(body)) == []
    assert said(shown(body)) == []


CODED = base64.b64encode(b'{"text": "see you at the river"}').decode()
SENTENCE = base64.b64encode(b"see you at the river").decode()
WRAPPED = [
    {"payload": CODED},
    {"payload": SENTENCE},
    {"payload": f"data:text/plain;base64,{SENTENCE}"},
    [{"op": "replace", "path": "/posts/3/title", "value": "see you at the river"}],
    {"jsonrpc": "2.0", "method": "post.add", "params": ["see you at the river"], "id": 4},
    {"data": {"type": "posts", "attributes": {"body": "see you at the river"}}},
    {"xml": "<post><b>see you at the river</b></post>"},
]


@pytest.mark.parametrize("body", WRAPPED)
def test_words_are_found_in_what_programs_wrap_them_in(body: object) -> None:
    assert said(written(body)) == [(Channel.POST, "see you at the river")]


def test_of_a_patch_the_path_says_what_a_value_is() -> None:
    patch = [{"op": "add", "path": "/user/password", "value": "open the door"},
             {"op": "add", "path": "/comments/-", "value": "8 4"}, {"op": "add", "path": "/title", "value": "Rivers"},
             {"op": "add", "path": "/locale", "value": "Rivers of Wales"}]  # fmt: skip
    assert said(written(patch, "application/json-patch+json")) == [(Channel.POST, "Rivers")]


CHUNKED = [
    ')]}\'\n\n46\n[["wrb.fr",null,"[\\"see you at the river\\"]"]]\n25\n[["di",42],["af.httprm",41]]\n',
    'for(;;);{"payload":"see you at the river"}',
    'while(1);["see you at the river"]',
    '{"n":1}\n{"title":"see you at the river"}\n',
]


@pytest.mark.parametrize("body", CHUNKED)
def test_guards_lengths_and_lines_around_json_do_not_matter(body: str) -> None:
    assert [text for _, text in said(shown(body, "application/json"))] == ["see you at the river"]
    assert [text for _, text in said(shown(body, "text/plain"))] == ["see you at the river"]
