import json

from detection.extract.json_documents import Json
from detection.extract.lightspeed import Said, pushed, sent


def message(name: str, text: Json, *, number: str = "mid.1", admin: bool = False) -> list[Json]:
    return [
        5,
        name,
        text,
        [9],
        [19, "80"],
        [19, "44"],
        [9],
        [19, "170"],
        [9],
        [9],
        number,
        "otid",
        [19, "7"],
        [9],
        admin,
    ]


def request(*payloads: dict[str, Json]) -> dict[str, Json]:
    tasks: list[Json] = [{"label": "46", "payload": json.dumps(each), "queue_name": "44"} for each in payloads]
    return {"app_id": "1", "payload": json.dumps({"tasks": tasks, "epoch_id": 6}), "request_id": 4, "type": 3}


def test_a_sent_message_is_read_with_its_thread() -> None:
    assert list(sent(request({"thread_id": 44, "text": "see you", "otid": "9"}))) == [Said("see you", "44")]


def test_a_task_without_words_says_nothing() -> None:
    assert list(sent(request({"thread_id": 44, "last_read_watermark_ts": 3}))) == []


def test_pushed_messages_are_read_with_thread_and_sender_each_once() -> None:
    steps: list[Json] = [1, message("insertMessage", "hello"), [23, [1, 0], message("upsertMessage", "hello")],
                         message("insertMessage", "bye", number="mid.2")]  # fmt: skip
    answer: Json = {"request_id": None, "payload": json.dumps({"name": None, "step": steps}), "sp": ["insertMessage"]}
    assert list(pushed(answer)) == [Said("hello", "44", "7"), Said("bye", "44", "7")]


def test_what_the_service_writes_itself_and_other_procedures_say_nothing() -> None:
    assert list(pushed([message("insertMessage", "Sam named the group", admin=True)])) == []
    assert list(pushed([message("updateThreadSnippet", "hello")])) == []
    assert list(pushed([message("insertMessage", [9])])) == []


def test_broken_payloads_are_no_error() -> None:
    assert list(sent({"payload": '{"tasks": [', "label": "46"})) == []
    assert list(pushed({"payload": "[5, "})) == []
