import pytest

from detection.personal_information.password import passwords


@pytest.mark.parametrize(
    ("text", "written", "shown"),
    [
        ("my password is hunter2", "my password is hunter2", "my password is ••••••"),
        ("ok my snapchat password is fluffy lol", "my snapchat password is fluffy", "my snapchat password is ••••••"),
        ("My PW: Fluffy99!", "My PW: Fluffy99", "My PW: ••••••"),
        ("our netflix pw = “BlueCat”, dont tell", "our netflix pw = “BlueCat", "our netflix pw = “ ••••••"),
        ("my pw for roblox is Dragon123 ok", "my pw for roblox is Dragon123", "my pw for roblox is ••••••"),
        ("my pin is 4821", "my pin is 4821", "my pin is ••••••"),
        ("my insta pass is hunter2", "my insta pass is hunter2", "my insta pass is ••••••"),
        ("insta pass: hunter2!", "insta pass: hunter2", "insta pass: ••••••"),
        ("the pw for my snap is Rover99", "the pw for my snap is Rover99", "the pw for my snap is ••••••"),
        ("my password's x7$kk2", "my password's x7$kk2", "my password's ••••••"),
    ],
)  # fmt: skip
def test_a_password_that_is_told_is_found_and_not_shown(text: str, written: str, shown: str) -> None:
    (finding,) = passwords(text)
    assert (text[finding.start : finding.end], finding.shown) == (written, shown)


@pytest.mark.parametrize(
    "text",
    [
        "my password is wrong",
        "my password is not working",
        "my password is on the sticky note",
        "my password is too short",
        "my password is longer than yours",
        "my password is so weak",
        "my password is expired",
        "my password is ******",
        "my password isn't accepted",
        "whats your password",
        "a good password is Tr0ub4dor&3",
        "if password == 'abc123': print('ok')",
        "password=hunter2",
        "my pinned post is great",
        "my bus pass is £12.50",
        "the pass to my wing is good",
        "my account is locked",
        "my snap is rover99",
        "i forgot my password",
        "",
    ],
)
def test_what_is_only_said_of_passwords_is_not(text: str) -> None:
    assert list(passwords(text)) == []
