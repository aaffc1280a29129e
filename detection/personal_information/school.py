"""The name of the writer's own school, told as the place where they are to be found."""

import re
from collections.abc import Iterator

from detection.normalise import key, normalise
from detection.personal_information.finding import Finding

_TOLD = re.compile(
    r" (?:i go to|i go|we go to|im at|i am at|i attend|i study at|im in year \w+ at|i am in year \w+ at|"
    r"my school is(?: called)?|my school|i m at|pick me up (?:from|at|outside)|meet me (?:at|outside|near|by)|"
    r"find me at|im from|i come from|come to) (?:the )?$"
)
_TOLD_AFTER = re.compile(r"^ (?:is|s) (?:my school|where i go)\b")
_NEAR = 60
SHORTEST = 4
"""Letters of a name; shorter ones are words as well."""


class SchoolNames:
    def __init__(self, names: tuple[str, ...]) -> None:
        self._names = tuple(f" {name} " for name in dict.fromkeys(map(key, names)) if len(name) >= SHORTEST)

    def find(self, text: str) -> Iterator[Finding]:
        if not self._names:
            return
        folded = normalise(text)
        for name in self._names:
            at = folded.text.find(name)
            while at >= 0:
                end = at + len(name) - 1
                told = _TOLD.search(folded.text[max(0, at - _NEAR) : at + 1]) or _TOLD_AFTER.match(folded.text[end:])
                if told:
                    start, stop = folded.span(at + 1, end)
                    yield Finding(kind="school", start=start, end=stop, shown=text[start:stop], own=True)
                at = folded.text.find(name, end)
