from pathlib import Path

import pytest

from appliance.running.options import options


def test_without_a_word_everything_is_as_the_handbook_says() -> None:
    chosen = options([])
    assert (chosen.wait, chosen.empty, chosen.data.name) == (True, False, "var")
    assert chosen.wanted_ports == {"console": 8000, "proxy": 8080, "appliance": 8443, "agents": 8446}


def test_everything_can_be_chosen(tmp_path: Path) -> None:
    chosen = options(["--empty", "--no-wait", "--data", str(tmp_path), "--proxy-port", "9090", "--seconds", "0"])
    assert (chosen.wait, chosen.empty, chosen.data, chosen.proxy_port, chosen.seconds) == (
        False,
        True,
        tmp_path,
        9090,
        0.0,
    )


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["--console-port", "0"], "'0' is not a port"),
        (["--console-port", "ninety"], "'ninety' is not a port"),
        (["--seconds", "-1"], "must be 0 to 3600 seconds"),
        (["--seconds", "nan"], "must be 0 to 3600 seconds"),
        (["--colour"], "unrecognized arguments: --colour"),
    ],
)
def test_a_mistake_is_a_line_and_status_2(argv: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        options(argv)
    assert ended.value.code == 2
    assert said in capsys.readouterr().err
