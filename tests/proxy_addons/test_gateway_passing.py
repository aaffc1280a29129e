"""What the whole gateway reads as it passes, and holds no piece of it back: replies being written, and documents."""

import threading

from tests.detection.documents.factories import docx, pdf
from tests.proxy_addons.origin import Answer
from tests.proxy_addons.reports import BROWSER, WORDS, evidence_of, reported


def test_an_answer_that_comes_drop_by_drop_is_not_held_back_and_is_reported(running):
    go_on = threading.Event()

    def pieces():
        yield b'data: {"choices": [{"delta": {"content": "i want to hurt "}}]}\n\n'
        go_on.wait(60)
        yield b'data: {"choices": [{"delta": {"content": "myself twelfth"}}]}\n\n'

    running.web.answers["/reply"] = Answer(b"", {"Content-Type": "text/event-stream"}, pieces=pieces)
    answer = running.browser().request("GET", "https://forum.test/reply", preload_content=False)
    first = answer.read1()
    go_on.set()
    assert b"hurt" in first
    assert b"twelfth" not in first
    assert b"twelfth" in answer.read()
    seen = reported(running, f"{WORDS} twelfth").detection.observation
    assert (seen.channel, seen.direction) == ("reply", "shown")


def test_a_letter_that_is_uploaded_arrives_untouched_and_is_reported_as_written(running):
    letter = docx(f"{WORDS} fifteenth")
    head = b'--xyz\r\nContent-Disposition: form-data; name="f"; filename="letter.docx"\r\n'
    body = head + b"Content-Type: application/octet-stream\r\n\r\n" + letter + b"\r\n--xyz--\r\n"
    running.web.answers["/upload"] = Answer(b"{}", {"Content-Type": "application/json"})
    form = {"Content-Type": "multipart/form-data; boundary=xyz"}
    running.browser().request("POST", "https://forum.test/upload", body=body, headers=form)
    report = reported(running, f"{WORDS} fifteenth")
    assert running.web.asked[-1].body == body
    seen = report.detection.observation
    assert (seen.channel, seen.direction, seen.location) == ("document", "written", "https://forum.test/upload")
    _, bodies = evidence_of(running, report)
    assert not any(b"PK" in kept for kept in bodies.values())


def test_a_document_that_is_fetched_is_not_held_back_and_is_reported_as_shown(running):
    go_on, document = threading.Event(), pdf(f"{WORDS} sixteenth")

    def pieces():
        yield document[:50]
        go_on.wait(60)
        yield document[50:]

    running.web.answers["/file"] = Answer(b"", {"Content-Type": "application/pdf"}, pieces=pieces)
    answer = running.browser().request("GET", "https://forum.test/file", headers=BROWSER, preload_content=False)
    first = answer.read1()
    go_on.set()
    assert first + answer.read() == document
    seen = reported(running, f"{WORDS} sixteenth").detection.observation
    assert (seen.channel, seen.direction) == ("document", "shown")
