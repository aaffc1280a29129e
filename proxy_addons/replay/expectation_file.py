"""Read a file of expectations (YAML), and say of a mistake in it where it is and what would be right."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from detection.library import Category
from detection.normalise import key
from detection.observation import Channel, Direction
from proxy_addons.replay.expectations import Expected, Wanted

LARGEST = 16 << 20
"""Bytes."""
_STR, _INT, _BOOL = (f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "bool"))
_OF_FILE = ("must", "must-not", "total", "none")
_WORDS: Mapping[str, type[StrEnum]] = {"category": Category, "channel": Channel, "direction": Direction}
_NUMBERS = {"severity": (1, 5), "at-least": (1, 5), "at-most": (1, 5), "count": (0, 1_000_000)}
_OF_ONE = ("text", "phrase", "category", "severity", "at-least", "at-most", "channel", "direction", "app", "count")


class ExpectationError(ValueError):
    """The message names the file, the line and the key."""


def read_expectations(file: Path) -> tuple[Expected, ...]:
    """By capture file, in the order of the file."""
    try:
        return tuple(_Reading(file).all(_composed(file)))
    except OSError as e:
        raise ExpectationError(f"{file}: cannot be read: {e.strerror}") from e


def _composed(file: Path) -> Node | None:
    """Its nodes, which know their lines; nothing of it is made into objects."""
    with file.open("rb") as opened:
        content = opened.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise ExpectationError(f"{file}: is larger than {LARGEST >> 20} MiB")
    try:
        node: Node | None = YAML(typ="safe", pure=True).compose(content.decode("utf-8-sig"))
    except UnicodeDecodeError as e:
        raise ExpectationError(f"{file}: is no UTF-8 text") from e
    except MarkedYAMLError as e:
        where = f"line {e.problem_mark.line + 1}: " if e.problem_mark else ""
        raise ExpectationError(f"{file}: {where}is no YAML: {e.problem or e.context}") from e
    except (YAMLError, RecursionError, ValueError) as e:
        raise ExpectationError(f"{file}: is no YAML that can be read") from e
    return node


@dataclass(frozen=True, slots=True)
class _Reading:
    file: Path

    def all(self, top: Node | None) -> Iterator[Expected]:
        if top is None:
            raise ExpectationError(f"{self.file}: is empty; it should begin with captures:")
        parts = self._mapping(top, "", ("captures",))
        if "captures" not in parts:
            raise self._error(top, "", "it should begin with captures:")
        for name, node in self._mapping(parts["captures"], "captures", None).items():
            yield self._of_file(name, node)

    def _of_file(self, name: str, node: Node) -> Expected:
        parts = self._mapping(node, name, _OF_FILE)
        if not parts:
            raise self._error(node, name, f"nothing is expected; give one of {', '.join(_OF_FILE)}")
        total = self._number(parts["total"], f"{name}: total", 0, 1_000_000) if "total" in parts else None
        must = tuple(self._wanted(parts.get("must"), f"{name}: must"))
        if "none" in parts:
            if not self._truth(parts["none"], f"{name}: none"):
                raise self._error(parts["none"], f"{name}: none", "only true says something; else leave it out")
            if must or total:
                raise self._error(parts["none"], f"{name}: none", "goes with neither must nor total")
            total = 0
        must_not = tuple(self._wanted(parts.get("must-not"), f"{name}: must-not"))
        return Expected(file=name, must=must, must_not=must_not, total=total, line=_line(node))

    def _wanted(self, node: Node | None, where: str) -> Iterator[Wanted]:
        if node is None:
            return
        if not isinstance(node, SequenceNode):
            raise self._error(node, where, "should be a list, each of its lines beginning with -")
        for one in node.value:
            yield self._one(one, where)

    def _one(self, node: Node, where: str) -> Wanted:
        parts = self._mapping(node, where, _OF_ONE)
        if not parts.keys() - {"count"}:
            raise self._error(node, where, f"says of nothing what it is; give one of {', '.join(_OF_ONE[:-1])}")
        if "severity" in parts and (other := parts.get("at-least") or parts.get("at-most")):
            raise self._error(other, f"{where}: severity", "goes with neither at-least nor at-most")
        if "count" in parts and where.endswith("must-not"):
            raise self._error(parts["count"], f"{where}: count", "what must not be is not counted")
        words, numbers = dict[str, str](), dict[str, int]()
        for name, value in parts.items():
            if name in _NUMBERS:
                numbers[name] = self._number(value, f"{where}: {name}", *_NUMBERS[name])
            else:
                words[name] = self._word(name, value, f"{where}: {name}")
        if numbers.get("at-least", 1) > numbers.get("at-most", 5):
            raise self._error(node, f"{where}: at-least", "is more than at-most")
        return Wanted(
            text=words.get("text"),
            phrase=words.get("phrase"),
            category=words.get("category"),
            severity=numbers.get("severity"),
            at_least=numbers.get("at-least"),
            at_most=numbers.get("at-most"),
            channel=words.get("channel"),
            direction=words.get("direction"),
            app=words.get("app"),
            count=numbers.get("count"),
            line=_line(node),
        )

    def _word(self, name: str, node: Node, where: str) -> str:
        text = self._text(node, where)
        if name in _WORDS and text not in (known := tuple(_WORDS[name])):
            raise self._error(node, where, f"“{text}” is none of {', '.join(known)}")
        if name == "text" and not key(text):
            raise self._error(node, where, "there is no word in it")
        return text

    def _text(self, node: Node, where: str) -> str:
        if not isinstance(node, ScalarNode) or node.tag != _STR or not node.value.strip():
            raise self._error(node, where, "should be a text; put it in quotes")
        return str(node.value)

    def _number(self, node: Node, where: str, least: int, most: int) -> int:
        if isinstance(node, ScalarNode) and node.tag == _INT and node.value.isascii() and node.value.isdigit():
            number = int(node.value[:10])
            if least <= number <= most:
                return number
        raise self._error(node, where, f"should be a number from {least} to {most:,}")

    def _truth(self, node: Node, where: str) -> bool:
        if isinstance(node, ScalarNode) and node.tag == _BOOL:
            return str(node.value).lower() == "true"
        raise self._error(node, where, "should be true")

    def _mapping(self, node: Node, where: str, known: Iterable[str] | None) -> dict[str, Node]:
        """Its values by key; None for ``known`` where any key will do."""
        if not isinstance(node, MappingNode):
            raise self._error(node, where, "should be keys with values, as in must: …")
        found = dict[str, Node]()
        for name_node, value in node.value:
            name = self._text(name_node, where or "key")
            if known is not None and name not in known:
                raise self._error(name_node, where, f"there is no key “{name}”; known are {', '.join(known)}")
            if name in found:
                raise self._error(name_node, where, f"“{name}” stands twice")
            if isinstance(value, ScalarNode) and not value.value and not value.style:
                raise self._error(name_node, where, f"“{name}” has no value")
            found[name] = value
        return found

    def _error(self, node: Node, where: str, what: str) -> ExpectationError:
        said = f"{self.file}: line {_line(node)}: {f'{where}: ' if where else ''}{what}"
        return ExpectationError("".join(c if c.isprintable() else "?" for c in said))


def _line(node: Node) -> int:
    return int(node.start_mark.line) + 1
