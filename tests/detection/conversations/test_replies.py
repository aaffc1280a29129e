import pytest

from detection.conversations.replies import MOST_OPEN, OpenCommands, code_of, verb_of


@pytest.mark.parametrize(
    ("line", "code"),
    [(b"250 ok", 250), (b"250", 250), (b"250-more", None), (b"", None), (b"ok", None), (b"2\xb20 x", None)],
)
def test_only_the_last_line_of_an_answer_counts(line: bytes, code: int | None) -> None:
    assert code_of(line) == code


def test_answers_come_in_the_order_of_the_commands() -> None:
    commands = OpenCommands()
    commands.asked("A")
    commands.asked("B")
    assert [commands.answered(), commands.answered()] == ["greeting", "A"]
    commands.again("A")
    commands.until("B")
    assert commands.answered() == ""


def test_commands_nobody_answers_do_not_fill_memory() -> None:
    commands = OpenCommands()
    for _ in range(MOST_OPEN + 10):
        commands.asked("NOOP")
    assert sum(1 for _ in iter(commands.answered, "")) == MOST_OPEN


@pytest.mark.parametrize(
    ("line", "parted"), [(b"mail FROM:<a>", ("MAIL", b"FROM:<a>")), (b"  quit ", ("QUIT", b"")), (b"", ("", b""))]
)
def test_a_command_is_a_word_and_the_rest(line: bytes, parted: tuple[str, bytes]) -> None:
    assert verb_of(line) == parted
