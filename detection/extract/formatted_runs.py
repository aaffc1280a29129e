"""A sentence that an editor keeps in pieces, one for each change of its looks: joined again.

Sources: Slate's "Interfaces" (``children`` of leaves with ``text`` and marks), ProseMirror's "Document structure"
(``content`` of nodes of type ``text`` with ``marks``), Lexical's serialised nodes (``children`` with ``text`` and
``format``), Quill's "Delta" (``ops`` with ``insert`` and ``attributes``).
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detection.extract.json_documents import Json

_LOOKS = frozenset({
    "attributes", "bold", "code", "color", "detail", "em", "format", "highlight", "italic", "link", "marks", "mode",
    "strike", "strikethrough", "strong", "style", "subscript", "superscript", "type", "underline", "version",
})  # fmt: skip
"""What a piece says of itself beside its text. With anything else (an author, a time) it is a message of its own."""
_BREAKS = frozenset({"hardbreak", "hard_break", "linebreak", "line_break"})
_AMONG_TEXT = frozenset({"link", "autolink", "a", "mention", "hashtag"})
_DEEPEST = 3


def joined(values: "list[Json]") -> str:
    """The text of a list of such pieces; empty where the list is something else."""
    if len(values) < 2 or not any(isinstance(each, dict) and _is_formatted(each) for each in values):
        return ""
    return "".join(found) if (found := _pieces(values, 0)) is not None else ""


def _is_formatted(piece: "dict[str, Json]") -> bool:
    """Two bare texts could be two messages."""
    return "insert" in piece or ("text" in piece and len(piece) > 1)


def _pieces(values: "list[Json]", depth: int) -> list[str] | None:
    found: list[str] = []
    for each in values:
        piece = _piece(each, depth) if isinstance(each, dict) else None
        if piece is None:
            return None
        found.append(piece)
    return found


def _piece(value: "dict[str, Json]", depth: int) -> str | None:
    kind = value.get("type")
    if isinstance(kind, str) and kind.lower() in _BREAKS:
        return "\n"
    text = value.get("text", value.get("insert"))
    if isinstance(text, str):
        return text if value.keys() - _LOOKS <= {"text", "insert"} and kind in (None, "text") else None
    if "insert" in value or "retain" in value or "delete" in value:
        return " "  # a picture among the words, or what is left as it was
    inner = value.get("children", value.get("content"))
    if isinstance(kind, str) and kind.lower() in _AMONG_TEXT and isinstance(inner, list) and depth < _DEEPEST:
        within = _pieces(inner, depth + 1)
        return None if within is None else "".join(within)
    return " " if isinstance(kind, str) and kind.lower() in _AMONG_TEXT else None
