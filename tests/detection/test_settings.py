"""A network manager's mistake in a settings file is answered with file, line and key."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from detection.settings import SettingsError, load


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    port: int
    address: str = "127.0.0.1"

    def __post_init__(self) -> None:
        if not 0 < self.port < 65536:
            raise ValueError("port must be 1 to 65535")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    name: str
    store: Path
    wait: float = 1.0
    loud: bool = False
    hosts: tuple[str, ...] = ()
    shares: dict[str, float] = field(default_factory=dict)
    listen: Listener | None = None
    others: tuple[Listener, ...] = ()
    ca_file: Path | None = None


GOOD = """
name = "gate"
store = "data/store.db"
wait = 2
hosts = ["a.example", "b.example"]
ca_file = "/etc/ca.pem"
shares = { a = 1, b = 0.5 }

[listen]
port = 8080

[[others]]
port = 8081

[[others]]
port = 8082
address = "10.0.0.1"
"""


def write(folder: Path, text: str) -> Path:
    file = folder / "gate.toml"
    file.write_text(text, "utf-8")
    return file


def test_a_good_file_becomes_the_dataclass(tmp_path: Path) -> None:
    assert load(write(tmp_path, GOOD), Example) == Example(
        name="gate",
        store=tmp_path / "data" / "store.db",
        wait=2.0,
        hosts=("a.example", "b.example"),
        shares={"a": 1.0, "b": 0.5},
        listen=Listener(port=8080),
        others=(Listener(port=8081), Listener(port=8082, address="10.0.0.1")),
        ca_file=Path("/etc/ca.pem"),
    )


START = 'name = "gate"\nstore = "s"\n'


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("colour = 1\n" + START, ", line 1: colour", "unknown setting; known here: ca_file, hosts, "),
        (START + "wait = true", ", line 3: wait", "must be a number"),
        (START + 'wait = "1"', ", line 3: wait", "must be a number"),
        (START + "loud = 1", ", line 3: loud", "must be true or false"),
        (START + 'hosts = "a"', ", line 3: hosts", "must be a list"),
        (START + "hosts = [1]", ", line 3: hosts[0]", "must be a text"),
        ('store = "s"\nname = 3', ", line 2: name", "must be a text"),
        ('name = "gate"', ": store", "is required and missing"),
        (START + "listen = 3", ", line 3: listen", "must be a table"),
        (START + '[listen]\nport = "x"', ", line 4: listen.port", "must be a whole number"),
        (START + "[listen]\nport = 1\nhost = 2", ", line 5: listen.host", "unknown setting; known here: address, port"),
        (START + '[listen]\naddress = "a"', ", line 3: listen.port", "is required and missing"),
        (START + "[listen]\nport = 0", ", line 4: listen.port", "port must be 1 to 65535"),
        (START + "listen.port = true", ", line 3: listen.port", "must be a whole number"),
        (START + "listen = { port = true }", ", line 3: listen.port", "must be a whole number"),
        (START + "[[others]]\nport = 1\n[[others]]\nport = true", ", line 6: others[1].port", "must be a whole number"),
        (START + "[nothing]\nport = 1", ", line 3: nothing", "unknown setting"),
    ],
)
def test_a_mistake_names_file_line_and_key(tmp_path: Path, text: str, where: str, what: str) -> None:
    file = write(tmp_path, text)
    with pytest.raises(SettingsError) as raised:
        load(file, Example)
    assert f"{where}: {what}" in str(raised.value)
    assert str(raised.value).startswith(str(file))


def test_a_missing_key_is_not_looked_for_in_another_table(tmp_path: Path) -> None:
    file = write(tmp_path, 'name = "gate"\n[shares]\nstore = 1')
    with pytest.raises(SettingsError, match=r"gate\.toml: store: is required and missing"):
        load(file, Example)


@pytest.mark.parametrize("text", ["name =\n", "name = 1\nname = 2\n", "= 3"])
def test_what_is_no_toml_says_where(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsError, match=r"gate\.toml: is not TOML: .*line \d"):
        load(write(tmp_path, text), Example)


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"gate\.toml: cannot be read: No such file"):
        load(tmp_path / "gate.toml", Example)
    (tmp_path / "gate.toml").write_bytes(b'name = "\xff"')
    with pytest.raises(SettingsError, match="is not TOML"):
        load(tmp_path / "gate.toml", Example)
