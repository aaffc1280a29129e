"""The five grades of severity, each in the words a reader sees."""

from collections.abc import Mapping

WORDS: Mapping[int, str] = {5: "immediate", 4: "high", 3: "medium", 2: "low", 1: "for the record"}
"""The gravest first."""
