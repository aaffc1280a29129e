"""RTF: a reader of its own, for words alone; pictures, fonts and styles are passed over."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from detection.documents.contents import Gathering, Shortfall
from detection.extract.charset import codec_of

MOST_TOKENS = 2_000_000
DEEPEST = 1000
_TOKEN = re.compile(
    r"\\(?P<word>[a-z]{1,32})(?P<number>-?\d{1,9})? ?|\\'(?P<byte>[0-9a-f]{2})|\\(?P<sign>[^a-z'])|(?P<brace>[{}])"
    r"|(?P<text>[^\\{}\r\n]+)",
    re.I,
)
_SKIPPED = frozenset({
    "fonttbl", "colortbl", "stylesheet", "pict", "themedata", "colorschememapping", "datastore", "latentstyles",
    "listtable", "listoverridetable", "rsidtbl", "generator", "xmlnstbl", "fldinst", "objdata", "objclass", "filetbl",
    "revtbl", "nonshppict", "bkmkstart", "bkmkend", "mmathpr", "sn", "creatim", "revtim", "printim", "buptim",
    "operator", "company", "manager", "hlinkbase", "atrfstart", "atrfend", "atnref", "atndate", "atntime", "panose",
    "falt", "blipuid", "passwordhash", "wgrffmtfilter", "pgptbl", "listtext", "pntext", "password",
})  # fmt: skip
_KEPT_THOUGH_NEW = frozenset({
    "annotation", "atnauthor", "atnid", "footnote", "shpinst", "shptxt", "shppict", "userprops", "staticval", "fldrslt",
    "header", "footer", "sv", "sp", "docvar", "ftnsep",
})  # fmt: skip
"""``\\*`` before a word says that a program which does not know it may pass over the group; these hold words."""
_BREAKS = frozenset({
    "par", "line", "sect", "page", "row", "cell", "nestcell", "nestrow", "footnote", "annotation", "header", "headerl",
    "headerr", "headerf", "footer", "footerl", "footerr", "footerf", "title", "subject", "keywords", "author",
    "doccomm", "atnauthor", "shptxt", "info",
})  # fmt: skip
_SIGNS = {
    "tab": "\t", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "bullet": "•", "emspace": " ", "enspace": " ", "~": " ", "_": "-", "-": "", "\\": "\\", "{": "{", "}": "}",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    skipped: bool = False
    stand_ins: int = 1
    """Characters after ``\\u`` for programs that know no Unicode."""


def gather_rich_text(body: bytes, gathering: Gathering) -> None:
    _Reader(gathering).read(body.decode("latin-1"))
    gathering.break_line()


class _Reader:
    def __init__(self, gathering: Gathering) -> None:
        self._gathering = gathering
        self._groups: list[_Group] = []
        self._now = _Group()
        self._codec, self._bytes = "cp1252", bytearray()
        self._optional = False
        self._stand_ins = 0
        """Still to be left out."""
        self._high = 0
        """The first half of a pair."""

    def read(self, source: str) -> None:
        for found in _tokens(source, self._gathering):
            kind = found.lastgroup
            if kind != "byte":
                self._flush()
            if kind == "brace":
                self._brace(found["brace"])
            elif found["word"]:
                self._word(found["word"].lower(), found["number"])
            elif found["sign"] == "*":
                self._optional = True
            elif kind == "byte":
                self._byte(int(found["byte"], 16))
            else:
                self._say(found["text"] or _SIGNS.get(found["sign"], ""))
        self._flush()

    def _brace(self, brace: str) -> None:
        self._optional, self._stand_ins = False, 0
        if brace == "{":
            self._groups.append(self._now)
            if len(self._groups) > DEEPEST:
                self._gathering.fall_short(Shortfall.LARGE)
                self._now = replace(self._now, skipped=True)
        elif self._groups:
            self._now = self._groups.pop()

    def _word(self, word: str, number: str | None) -> None:
        optional, self._optional = self._optional, False
        if word in _SKIPPED or (optional and word not in _KEPT_THOUGH_NEW):
            self._now = replace(self._now, skipped=True)
        elif self._now.skipped:
            return
        elif word == "u" and number:
            self._unicode(int(number) % 65536)
        elif word == "uc" and number:
            self._now = replace(self._now, stand_ins=max(0, min(int(number), 16)))
        elif word == "ansicpg" and number:
            self._codec = codec_of(f"cp{number}") or self._codec
        elif word in _BREAKS:
            self._gathering.break_line()
        elif word in _SIGNS:
            self._say(_SIGNS[word])

    def _unicode(self, code: int) -> None:
        self._stand_ins = 0
        if 0xD800 <= code < 0xDC00:
            self._high = code
        elif 0xDC00 <= code < 0xE000:
            whole = 0x10000 + ((self._high - 0xD800) << 10) + code - 0xDC00 if self._high else 0xFFFD
            self._high = 0
            self._gathering.say(chr(whole))
        else:
            self._gathering.say(chr(code))
        self._stand_ins = self._now.stand_ins

    def _byte(self, byte: int) -> None:
        if self._stand_ins:
            self._stand_ins -= 1
        elif not self._now.skipped:
            self._bytes.append(byte)

    def _flush(self) -> None:
        """A letter may be made of two bytes."""
        if self._bytes:
            self._gathering.say(self._bytes.decode(self._codec, "replace"))
            self._bytes.clear()

    def _say(self, text: str) -> None:
        left_out, self._stand_ins = min(self._stand_ins, len(text)), max(0, self._stand_ins - len(text))
        if not self._now.skipped:
            self._gathering.say(text[left_out:])


def _tokens(source: str, gathering: Gathering) -> Iterator[re.Match[str]]:
    at = count = 0
    while found := _TOKEN.search(source, at):
        at, count = found.end(), count + 1
        if found["word"] == "bin" and found["number"]:
            at += max(0, int(found["number"]))
        if count > MOST_TOKENS:
            gathering.fall_short(Shortfall.LARGE)
            return
        yield found
