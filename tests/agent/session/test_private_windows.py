"""Which windows are never read: by address where it is known, else by title, and what the school adds."""

import pytest

from agent.orders import Orders
from agent.session.desktop import Window
from agent.session.private_windows import is_on_its_way, is_private
from detection.agent_policy.private_window import PrivateWindow


@pytest.mark.parametrize(
    ("app", "title", "address", "private"),
    [
        ("Chromium", "Home", "https://www.childline.org.uk/get-support/", True),
        ("Chromium", "Home", "https://www.nhs.uk/conditions/", True),
        ("Chromium", "Home", "https://secure.lloydsbank.co.uk/", True),
        ("Chromium", "Home", "https://notchildline.org.uk/", False),
        ("Chromium", "Childline, a history", "https://example.org/essay", False),
        ("Chromium", "Childline | Get support - Chromium", "", True),
        ("Firefox", "Lloyds Bank - Log on — Mozilla Firefox", "", True),
        ("Firefox", "www.childline.org.uk", "", True),
        ("Chromium", "www.childline.org.uk - Chromium", "chrome-error://chromewebdata/", True),
        ("Writer", "My mind is made up", "", False),
        ("Writer", "Untitled 1", "", False),
        ("KeePassXC", "Passwords", "", True),
        ("pinentry-gtk-2", "", "", True),
    ],
)
def test_banks_health_helplines_and_what_holds_passwords_are_private(
    app: str, title: str, address: str, private: bool
) -> None:
    assert is_private(Window(key="w", app=app, title=title, address=address), Orders()) == private


def test_the_schools_own_list_counts_too() -> None:
    orders = Orders(private_windows=(PrivateWindow(title="diary", app="Editor"),))
    assert is_private(Window(key="w", app="Text Editor", title="My Diary"), orders)
    assert not is_private(Window(key="w", app="Text Editor", title="Homework"), orders)


def test_a_private_page_that_is_still_loading_is_known_by_the_address_bar() -> None:
    assert is_on_its_way(["childline.org.uk", "Loading"])
    assert not is_on_its_way(["example.org", "Childline is at", "or", "childline.org.uk"])
    assert not is_on_its_way([])
