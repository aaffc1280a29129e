"""What kind of place a window is."""

import pytest

from agent.session.channels import channel_of
from agent.session.desktop import Window
from detection.observation import Channel


@pytest.mark.parametrize(
    ("app", "address", "channel"),
    [
        ("Signal", "", Channel.MESSAGE),
        ("teams-for-linux", "", Channel.MESSAGE),
        ("Chromium", "https://web.whatsapp.com/", Channel.MESSAGE),
        ("Thunderbird Mail", "", Channel.MAIL),
        ("Chromium", "https://mail.example.org/new", Channel.MAIL),
        ("Chromium", "https://example.org/signal", Channel.POST),
        ("LibreOffice Writer", "", Channel.DOCUMENT),
        ("XTerm", "", Channel.DOCUMENT),
    ],
)
def test_a_place_is_known_by_its_address_or_its_program(app: str, address: str, channel: Channel) -> None:
    assert channel_of(Window(key="w", app=app, address=address)) == channel
