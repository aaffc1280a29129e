from pathlib import Path

import pytest

from proxy_addons.replay import expectation_file
from proxy_addons.replay.expectation_file import ExpectationError, read_expectations
from proxy_addons.replay.expectations import Expected, Wanted

ALL = """\
captures:
  talk.pcap:
    must:
      - text: "nobody likes you"
        category: bullying
        at-least: 2
        at-most: 4
        channel: search
        direction: written
        app: news.test
        count: 1
      - {phrase: en.bullying.nobody-likes, severity: 3}
    must-not:
      - category: suicide
    total: 2
  quiet.pcap: {none: true}
"""


def read(folder: Path, text: str | bytes) -> tuple[Expected, ...]:
    file = folder / "expected.yaml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_expectations(file)


def test_every_key_is_read(tmp_path: Path) -> None:
    first = Wanted(
        text="nobody likes you",
        category="bullying",
        at_least=2,
        at_most=4,
        channel="search",
        direction="written",
        app="news.test",
        count=1,
        line=4,
    )
    second = Wanted(phrase="en.bullying.nobody-likes", severity=3, line=12)
    assert read(tmp_path, ALL) == (
        Expected(
            file="talk.pcap", must=(first, second), must_not=(Wanted(category="suicide", line=14),), total=2, line=3
        ),
        Expected(file="quiet.pcap", total=0, line=16),
    )


def item(lines: str, key: str = "must") -> str:
    return f"captures:\n  a.pcap:\n    {key}:\n      - {lines}\n"


MISTAKES = {
    "": "is empty",
    "a: [": "line 1: is no YAML: ",
    "a: 'x\n": "line 2: is no YAML: ",
    "- a\n": "line 1: should be keys with values",
    "capture: {}\n": "line 1: there is no key “capture”; known are captures",
    "{}": "line 1: it should begin with captures:",
    "captures:\n  a.pcap: 3\n": "line 2: a.pcap: should be keys with values",
    "captures:\n  a.pcap:\n": "line 2: captures: “a.pcap” has no value",
    "captures:\n  a.pcap:\n    must:\n  b.pcap: {none: true}\n": "line 3: a.pcap: “must” has no value",
    "captures:\n  a.pcap: {}\n": "line 2: a.pcap: nothing is expected",
    "captures:\n  1: {none: true}\n": "line 2: captures: should be a text; put it in quotes",
    "captures:\n  a: {none: true}\n  a: {none: true}\n": "line 3: captures: “a” stands twice",
    "captures:\n  a: {none: false}\n": "line 2: a: none: only true says something",
    "captures:\n  a: {none: 1}\n": "line 2: a: none: should be true",
    "captures:\n  a:\n    none: true\n    total: 3\n": "line 3: a: none: goes with neither must nor total",
    "captures:\n  a: {total: -1}\n": "line 2: a: total: should be a number from 0",
    "captures:\n  a: {total: '1'}\n": "line 2: a: total: should be a number from 0",
    "captures:\n  a:\n    must: {text: x}\n": "line 3: a: must: should be a list",
    item("hello"): "line 4: a.pcap: must: should be keys with values",
    item("{}"): "line 4: a.pcap: must: says of nothing what it is",
    item("count: 2"): "line 4: a.pcap: must: says of nothing what it is",
    item("categry: drugs"): "line 4: a.pcap: must: there is no key “categry”; known are text, phrase, category",
    item("category: cheese"): "line 4: a.pcap: must: category: “cheese” is none of abuse, bullying",
    item("channel: telex"): "line 4: a.pcap: must: channel: “telex” is none of search",
    item("direction: up"): "line 4: a.pcap: must: direction: “up” is none of written",
    item("text: 12"): "line 4: a.pcap: must: text: should be a text; put it in quotes",
    item("text: '!'"): "line 4: a.pcap: must: text: there is no word in it",
    item("text: [a]"): "line 4: a.pcap: must: text: should be a text",
    item("severity: 6"): "line 4: a.pcap: must: severity: should be a number from 1 to 5",
    item("severity: three"): "line 4: a.pcap: must: severity: should be a number from 1 to 5",
    item("severity: 3\n        at-least: 2"): "line 5: a.pcap: must: severity: goes with neither",
    item("at-least: 4\n        at-most: 2"): "line 4: a.pcap: must: at-least: is more than at-most",
    item("{text: hello, count: 1}", "must-not"): "line 4: a.pcap: must-not: count: what must not be is not counted",
    item("text: hello\n        text: hello"): "line 5: a.pcap: must: “text” stands twice",
    "a: &a [*a]": "line 1: there is no key “a”",
    "[" * 5000: "is no YAML",
    "%YAML 9.9\n---\na: b": "line 1: ",
}


@pytest.mark.parametrize("text", MISTAKES, ids=range(len(MISTAKES)))
def test_a_mistake_is_one_line_that_says_where(tmp_path: Path, text: str) -> None:
    with pytest.raises(ExpectationError) as raised:
        read(tmp_path, text)
    said = str(raised.value)
    assert said.startswith(f"{tmp_path / 'expected.yaml'}: {MISTAKES[text]}")
    assert "\n" not in said


def test_what_is_no_text_at_all_is_a_mistake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ExpectationError, match="is no UTF-8 text"):
        read(tmp_path, b"captures: \xff\n")
    with pytest.raises(ExpectationError, match=r"there is no key “a\?b”"):
        read(tmp_path, '"a\\eb": 1\n')
    with pytest.raises(ExpectationError, match="cannot be read"):
        read_expectations(tmp_path)
    monkeypatch.setattr(expectation_file, "LARGEST", 3)
    with pytest.raises(ExpectationError, match="is larger than"):
        read(tmp_path, ALL)
