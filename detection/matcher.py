"""Find every library phrase in a text in one pass (Aho-Corasick)."""

from dataclasses import dataclass

from detection.library import Phrase


@dataclass(frozen=True, slots=True)
class Match:
    phrase: Phrase
    start: int
    end: int
    """Half-open range in the original text, in code points."""
    written: str
    """The matched text as it stood, before normalising."""
