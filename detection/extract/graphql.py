"""What stands written out in a GraphQL document: ``addComment(body: "hello you")``, where no variables are used.

Source: GraphQL specification, October 2021, sections 2.1.8 (names) and 2.9.4 (string values).
"""

import json
import re
from collections.abc import Iterator

from detection.extract.limits import at_most, cut

_MOST = 500
_LONGEST = 200_000
_STRING = re.compile(
    r'(?:\b([_A-Za-z]\w{0,99})\s{0,20}:\s{0,20}(?:\[\s{0,20})?)?(?:"""(.*?)"""|"((?:[^"\\\n]|\\.)*)")', re.S
)
_DOCUMENT = re.compile(r"\s*(?:(?:query|mutation|subscription|fragment)\b[^{]{0,4000})?\{")


def is_document(text: str) -> bool:
    return _DOCUMENT.match(text) is not None


def arguments(document: str) -> Iterator[tuple[str, str]]:
    """The name of each argument that is a string, and the string."""
    for found in at_most(_STRING.finditer(cut(document, _LONGEST)), _MOST):
        if found[2] is not None:
            yield found[1] or "", found[2].strip()
        else:
            yield found[1] or "", _unescaped(found[3])


def _unescaped(written: str) -> str:
    try:
        return str(json.loads(f'"{written}"'))
    except ValueError:
        return written
