"""What programs tell of one thing on their windows, asked one by one. What is needed of AT-SPI is nine calls."""

from typing import Any

from agent.linux.accessible_line import AccessibleLine, Ref

_ACCESSIBLE = "org.a11y.atspi.Accessible"
_TEXT = "org.a11y.atspi.Text"


ROOT = Ref("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")


class AccessibleBus(AccessibleLine):
    """Of a program that does not answer, nothing."""

    def role(self, ref: Ref) -> int | None:
        found: int | None = self._one(self.ask(ref, _ACCESSIBLE, "GetRole"))
        return found

    def states(self, ref: Ref) -> int:
        """As bits; none where it is not known."""
        words = self._one(self.ask(ref, _ACCESSIBLE, "GetState")) or []
        return sum(word << 32 * i for i, word in enumerate(words))

    def name(self, ref: Ref) -> str:
        return self._property(ref, "Name") or ""

    def parent(self, ref: Ref) -> Ref | None:
        found = Ref(*(self._property(ref, "Parent") or ("", "")))
        return None if found.is_nothing else found

    def children(self, ref: Ref) -> list[Ref]:
        return [Ref(*each) for each in self._one(self.ask(ref, _ACCESSIBLE, "GetChildren")) or []]

    def interfaces(self, ref: Ref) -> list[str]:
        return self._one(self.ask(ref, _ACCESSIBLE, "GetInterfaces")) or []

    def text(self, ref: Ref, start: int, end: int) -> str | None:
        """None where it has none. Beyond its end some programs answer nothing: see ``length``."""
        found: str | None = self._one(self.ask(ref, _TEXT, "GetText", "ii", start, end))
        return found

    def length(self, ref: Ref) -> int:
        return int(self._property(ref, "CharacterCount", _TEXT) or 0)

    def address(self, ref: Ref) -> str:
        """Of the page that a document is; browsers call it differently."""
        said = self._one(self.ask(ref, "org.a11y.atspi.Document", "GetAttributes")) or {}
        return said.get("URI") or said.get("DocURL") or ""

    def matches(self, ref: Ref, states: int, roles: int, most: int) -> list[Ref] | None:
        """Below ``ref``, in reading order, those with all ``states`` and one of ``roles`` (bits; 0: any).

        One call, answered inside the program. None where it does not know how.
        """
        rule: tuple[object, ...] = (_words(states, 2), 1, {}, 1, _words(roles, 4), 2 if roles else 1, [], 1, False)
        rule_type = "(aiia{ss}iaiiasib)uib"
        found = self.ask(ref, "org.a11y.atspi.Collection", "GetMatches", rule_type, rule, 1, most, True)
        return None if found is None else [Ref(*each) for each in found[0]]

    def _property(self, ref: Ref, name: str, interface: str = "org.a11y.atspi.Accessible") -> Any:
        found = self.ask(ref, "org.freedesktop.DBus.Properties", "Get", "ss", interface, name)
        return found[0][1] if found else None

    def _one(self, body: tuple[Any, ...] | None) -> Any:
        return body[0] if body else None


def _words(bits: int, count: int) -> list[int]:
    """As signed 32-bit words, which is how AT-SPI writes sets."""
    words = [bits >> 32 * i & 0xFFFFFFFF for i in range(count)]
    return [word - (1 << 32) if word >= 1 << 31 else word for word in words]
