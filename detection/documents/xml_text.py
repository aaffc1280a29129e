"""The words in an XML part of a document, as its pieces come: no tree, no outside entities, nothing off the network."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from detection.documents.contents import Gathering, Shortfall

_FED = 1 << 14
"""Bytes given to the parser at once: text that comes before an error is not lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """By an element's name without its namespace, which has more than one edition."""

    words: frozenset[str]
    """What stands within these is read."""
    breaks: frozenset[str]
    """These end a line."""
    spaces: frozenset[str] = frozenset()
    """These stand for a space."""
    skipped: frozenset[str] = frozenset()
    """Nothing within these is read."""
    results: Mapping[str, str] = field(default_factory=dict)
    """Within the first the second is read where the first says that a formula gave a text (``t="str"``); else it holds
    a number."""
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Attributes that hold words, by element."""


def gather(pieces: Iterable[bytes], rules: Rules, gathering: Gathering) -> None:
    """What is broken is read up to there."""
    parser = etree.XMLParser(
        target=_Target(rules, gathering), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        for piece in pieces:
            for at in range(0, len(piece), _FED):
                parser.feed(piece[at : at + _FED])
        parser.close()
    except (etree.LxmlError, LookupError, ValueError):
        gathering.fall_short(Shortfall.BROKEN)
    gathering.break_line()


class _Target:
    """What lxml calls as it reads."""

    def __init__(self, rules: Rules, gathering: Gathering) -> None:
        self._rules, self._gathering = rules, gathering
        self._within, self._skipping = 0, 0
        self._result = ""
        """The element that holds a formula's text, where one may come."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name, rules = tag.rpartition("}")[2], self._rules
        if name in rules.skipped:
            self._skipping += 1
        if self._skipping:
            return
        if name in rules.results:
            self._result = rules.results[name] if attributes.get("t") == "str" else ""
        if name in rules.words or name == self._result:
            self._within += 1
        if name in rules.spaces:
            self._gathering.say(" ")
        if name in rules.attributes:
            self._say_attributes(rules.attributes[name], attributes)

    def end(self, tag: str) -> None:
        name, rules = tag.rpartition("}")[2], self._rules
        if name in rules.skipped:
            self._skipping -= 1
        elif not self._skipping:
            if name in rules.words or name == self._result:
                self._within -= 1
            if name in rules.breaks:
                self._gathering.break_line()

    def data(self, text: str) -> None:
        if self._within and not self._skipping:
            self._gathering.say(text)

    def close(self) -> None:
        pass

    def _say_attributes(self, wanted: tuple[str, ...], attributes: Mapping[str, str]) -> None:
        for name, value in attributes.items():
            if name.rpartition("}")[2] in wanted:
                self._gathering.line(value)
