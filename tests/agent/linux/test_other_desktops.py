"""A screen lock and an input method: what is seen there, and what is not."""

import subprocess

from tests.agent.linux.conftest import Eyes
from tests.desktop import Screen, needs, wait_for

INPUT_METHOD = {"GTK_IM_MODULE": "ibus", "XMODIFIERS": "@im=ibus"}


@needs("mousepad", "i3lock")
def test_what_is_typed_to_unlock_the_screen_is_not_seen(desk: Screen, eyes: Eyes) -> None:
    desk.editor()
    eyes.wait_for_field("Mousepad")
    desk.type("my cat sleeps. ")
    eyes.saw("my cat sleeps.")
    lock = desk.start("i3lock", "--nofork")
    wait_for(lambda: not _can_have_the_keyboard(desk), 20, "the lock to have the keyboard")
    desk.type("open sesame", milliseconds=40)
    desk.stop(lock)
    wait_for(lambda: _can_have_the_keyboard(desk), 20, "the lock to be gone")
    desk.type("her name is Ada. ")
    eyes.saw("her name is Ada.")
    assert "sesame" not in eyes.everything


def _can_have_the_keyboard(desk: Screen) -> bool:
    from Xlib import X
    from Xlib.display import Display

    display = Display(desk.environment["DISPLAY"])
    try:
        got = display.screen().root.grab_keyboard(False, X.GrabModeAsync, X.GrabModeAsync, X.CurrentTime)
        display.ungrab_keyboard(X.CurrentTime)
        display.sync()
    finally:
        display.close()
    return bool(got == X.GrabSuccess)


@needs("mousepad", "ibus-daemon")
def test_what_an_input_method_writes_is_seen_and_not_the_letters_it_was_made_of(desk: Screen, eyes: Eyes) -> None:
    desk.start("ibus-daemon", "--replace", "--panel", "disable", **INPUT_METHOD)
    wait_for(lambda: _uses_pinyin(desk), 40, "the input method")
    desk.start("mousepad", "--disable-server", **INPUT_METHOD)
    eyes.wait_for_field("Mousepad")
    desk.type("nihao", milliseconds=100)
    desk.key("space")
    eyes.saw("你好")
    assert "nihao" not in eyes.everything


def _uses_pinyin(desk: Screen) -> bool:
    for arguments in (("engine", "libpinyin"), ("engine",)):
        asked = subprocess.run(
            ["ibus", *arguments], env=desk.environment, capture_output=True, text=True, check=False, timeout=20
        )
    return asked.stdout.strip() == "libpinyin"
