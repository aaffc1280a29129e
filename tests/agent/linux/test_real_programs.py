"""Real programs typed into: each sentence seen once, with program, title and picture; secrets never."""

from io import BytesIO

from PIL import Image

from agent.linux.terminal_secrets import TerminalSecrets
from agent.seen import Seen
from detection.observation import Channel, Direction, Mark
from tests.agent.linux.conftest import Eyes
from tests.desktop import Screen, needs, wait_for

FORM = """<h1>Cats of the world</h1><p>All about <b>cats</b> and their friends.</p>
<input id=name aria-label=Name autofocus><input type=password aria-label=Password>
<textarea aria-label=Story></textarea><img alt="a fine cat" src="x.png">"""


def colours(seen: Seen) -> int:
    image = Image.open(BytesIO(seen.picture))
    assert image.format == "JPEG"
    return len(image.convert("L").getcolors() or ())


@needs("mousepad")
def test_a_sentence_in_an_editor_is_seen_once_with_program_title_and_picture(desk: Screen, eyes: Eyes) -> None:
    desk.editor()
    eyes.wait_for_field("Mousepad")
    desk.type("my cta")
    desk.key("BackSpace", "BackSpace")
    desk.type("at sleeps. And then ")
    said = eyes.saw("my cat sleeps.")
    assert (said.app, said.direction) == ("Mousepad", Direction.WRITTEN)
    assert "Untitled 1 - Mousepad" in said.title
    assert colours(said) > 10
    eyes.saw("And then")
    assert [seen.text for seen in eyes.seen].count("my cat sleeps.") == 1


@needs("mousepad")
def test_other_scripts_are_seen_as_they_were_typed(desk: Screen, eyes: Eyes) -> None:
    desk.editor()
    eyes.wait_for_field("Mousepad")
    try:
        desk.layout("us", "altgr-intl")
        desk.type("é £ ü. ", milliseconds=30)
        eyes.saw("é £ ü.")
        desk.layout("ru")
        desk.type("Мой кот спит. ", milliseconds=30)
        eyes.saw("Мой кот спит.")
    finally:
        desk.layout("us")


@needs("mousepad")
def test_what_is_pasted_is_marked_and_what_is_taken_back_too(desk: Screen, eyes: Eyes) -> None:
    desk.editor()
    eyes.wait_for_field("Mousepad")
    desk.copy("Her name is Ada.")
    desk.key("ctrl+v")
    assert eyes.saw("Her name is Ada.").marks == {Mark.PASTED}
    desk.key("Return")
    desk.type("I like dogs")
    eyes.saw("I like dogs")
    desk.key(*["BackSpace"] * 11)
    wait_for(lambda: [s for s in eyes.written if Mark.DELETED in s.marks])
    assert eyes.saw("I like dogs").marks == {Mark.DELETED}


@needs("mousepad")
def test_a_private_window_is_never_seen(desk: Screen, eyes: Eyes) -> None:
    (desk.folder / "home" / "my diary.txt").write_text("")
    desk.editor("my diary.txt")
    eyes.wait_for_field("my diary")
    desk.type("my cat sleeps. ")
    desk.editor()
    eyes.wait_for_field("Untitled")
    desk.type("her name is Ada. ")
    eyes.saw("her name is Ada.")
    assert "sleeps" not in eyes.everything
    assert "diary" not in eyes.everything


@needs("chromium")
def test_a_page_is_read_and_its_fields_but_never_a_password(desk: Screen, eyes: Eyes) -> None:
    desk.chromium(FORM, title="Cats")
    eyes.wait_for_field("Cats", "Name")
    shown = wait_for(lambda: next((s for s in eyes.seen if "All about cats and their friends." in s.text), None), 30)
    assert (shown.channel, shown.direction) == (Channel.SCREEN, Direction.SHOWN)
    assert shown.location.endswith("/Cats.html")
    assert "a fine cat" in shown.text
    desk.type("my cat")
    desk.key("Tab")
    said = eyes.saw("my cat")
    assert (said.app, said.location) == ("Chromium Web Browser", shown.location)
    assert colours(said) > 10
    desk.type("hunter2 secret. ")
    desk.key("Tab")
    desk.type("Once upon a time. ")
    eyes.saw("Once upon a time.")
    assert "hunter" not in eyes.everything
    assert "•" not in eyes.everything


@needs("chromium")
def test_a_helplines_page_is_never_seen(desk: Screen, eyes: Eyes) -> None:
    desk.chromium(FORM, title="Start")
    desk.browse("https://www.childline.org.uk/", "--host-resolver-rules=MAP * 127.0.0.1:1")
    desk.wait_for_window("childline.org.uk", 30)
    desk.type("my cat sleeps. ")
    desk.editor()
    eyes.wait_for_field("Mousepad")
    desk.type("her name is Ada. ")
    eyes.saw("her name is Ada.")
    assert "sleeps" not in eyes.everything
    assert "ildline" not in eyes.everything


@needs("soffice")
def test_a_sentence_in_writer_is_seen_with_its_corrections(desk: Screen, eyes: Eyes) -> None:
    desk.start(
        "soffice", "--writer", "--norestore", "--nologo", f"-env:UserInstallation=file://{desk.folder}/home/office"
    )
    eyes.wait_for_field("LibreOffice Writer", seconds=90)
    desk.type("my cat sleeps. ", milliseconds=50)
    said = eyes.saw("My cat sleeps.")
    assert said.app == "LibreOffice Writer"
    assert said.title.startswith("Untitled 1")
    assert colours(said) > 10


@needs("xterm")
def test_a_terminal_is_read_by_its_keys_but_not_where_it_asks_for_a_password(desk: Screen, eyes: Eyes) -> None:
    terminal = desk.start("xterm", "-T", "Shell", "-e", "bash", "--norc")
    eyes.wait_for_window("Shell")
    desk.type("echo my cta")
    desk.key("BackSpace", "BackSpace")
    desk.type("at\n")
    said = eyes.saw("echo my cat")
    assert (said.app, said.title) == ("XTerm", "Shell")
    assert colours(said) > 1
    desk.type("read -s -p secret: word\n")
    eyes.saw("read -s -p secret: word")
    wait_for(lambda: TerminalSecrets().is_secret(terminal.pid), what="the terminal to ask")
    desk.type("hunter2 again\n")
    desk.type("echo done\n")
    eyes.saw("echo done")
    assert "hunter" not in eyes.everything


@needs("wish")
def test_an_old_toolkit_is_read_by_sentences_and_a_lone_word_is_left_alone(desk: Screen, eyes: Eyes) -> None:
    script = desk.folder / "home" / "form.tcl"
    script.write_text("wm title . Form\npack [entry .a] [entry .b -show *]\nfocus -force .a\n")
    desk.start("wish", str(script))
    eyes.wait_for_window("Form")
    desk.type("my cat sleeps")
    desk.key("Tab")
    eyes.saw("my cat sleeps")
    desk.type("hunter2")
    desk.key("shift+Tab")
    desk.type("her name is Ada")
    eyes.saw("her name is Ada")
    assert "hunter" not in eyes.everything
