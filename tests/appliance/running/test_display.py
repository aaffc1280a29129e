from io import StringIO

from rich.console import Console

from appliance.running.display import Display


def test_without_a_terminal_a_bar_is_a_line_a_quarter() -> None:
    out = StringIO()
    with Display(Console(file=out, width=40)).bar("Sample day") as bar:
        for done in range(9):
            bar.to(done, 8, "Break")
    lines = out.getvalue().splitlines()
    assert lines == [f"Sample day: {done} of 8 (Break)" for done in (0, 2, 4, 6, 8)]


def test_on_a_terminal_it_is_drawn_and_words_stay_above_it() -> None:
    out = StringIO()
    display = Display(Console(file=out, width=100, force_terminal=True))
    with display.bar("Sample day") as bar:
        display.say("something failed")
        bar.to(8, 8, "Break")
    assert "something failed\n" in out.getvalue()
    assert "8/8" in out.getvalue()


def test_what_is_said_stays_as_it_is() -> None:
    out = StringIO()
    line = "/srv/[bold]/" + "long/" * 40 + "file"
    Display(Console(file=out, width=40)).say(line)
    assert out.getvalue() == line + "\n"
