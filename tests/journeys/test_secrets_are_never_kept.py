"""What a child's browser sends to prove who it is never lies on a disk of ours: not sealed away, not there at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import urllib3

from tests.appliance.deadline import eventually
from tests.journeys.whole import Whole

SECRETS = {
    "cookie": "planted-cookie-4711",
    "authorization": "planted-authorization-4711",
    "csrf header": "planted-csrf-header-4711",
    "csrf field": "planted-csrf-field-4711",
    "password": "planted-password-4711",
    "session in the address": "planted-session-4711",
}
MARK = "harbourlanternseven"


@pytest.fixture
def browser(whole: Whole) -> Iterator[urllib3.ProxyManager]:
    with urllib3.ProxyManager(whole.proxy, ca_certs=str(whole.places.root)) as manager:
        yield manager


def test_no_secret_of_a_flagged_message_is_on_the_disk(whole: Whole, browser: urllib3.ProxyManager) -> None:
    answer = browser.request(
        "POST",
        f"https://post.schoolyard.test/send?sessionid={SECRETS['session in the address']}",
        fields={
            "to": "sam@school.test",
            "subject": "you",
            "text": f"{MARK}: i am going to stab you tomorrow after school",
            "csrf_token": SECRETS["csrf field"],
            "password": SECRETS["password"],
        },
        encode_multipart=False,
        headers={
            "Cookie": f"sid={SECRETS['cookie']}",
            "Authorization": f"Bearer {SECRETS['authorization']}",
            "X-CSRF-Token": SECRETS["csrf header"],
            "Origin": "https://post.schoolyard.test",
            "Sec-Fetch-Site": "same-origin",
        },
        redirect=False,
    )
    assert answer.status < 400
    # In the database as words, in the vault as the recorded request.
    eventually(lambda: found(whole.places.folder, MARK) and found(whole.places.vault, MARK), within=60)
    assert {name for name, secret in SECRETS.items() if found(whole.places.folder, secret)} == set()


def found(folder: Path, text: str) -> list[Path]:
    """Files of database, vault, outbox, logs and settings that hold the text."""
    wanted = text.encode()
    return [file for file in folder.rglob("*") if file.is_file() and wanted in file.read_bytes()]
