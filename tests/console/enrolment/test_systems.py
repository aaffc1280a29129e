"""The right instructions come first."""

import pytest

from console.enrolment.systems import suggested

MOZILLA = "Mozilla/5.0 "


@pytest.mark.parametrize(
    ("browser", "keys"),
    [
        ("(Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0", ["windows"]),
        ("(Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", ["windows", "firefox"]),
        ("(iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1", ["iphone-ipad"]),
        ("(Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Safari/605.1.15", ["mac", "iphone-ipad"]),
        ("(X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 Chrome/140.0", ["chromebook"]),
        ("(Linux; Android 14; K) AppleWebKit/537.36 Chrome/140.0 Mobile", ["android"]),
        ("(Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0", ["android"]),
        ("(X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", ["linux", "firefox"]),
        ("(PlayStation 5)", []),
    ],
)
def test_the_browsers_own_words_tell_the_system(browser: str, keys: list[str]) -> None:
    assert [system.key for system in suggested(MOZILLA + browser)] == keys
