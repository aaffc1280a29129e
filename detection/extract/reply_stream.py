"""A chatbot's reply that arrives in pieces, put together again."""

from detection.extract.json_documents import Json

_CUMULATIVE = 4
"""A piece that repeats all that came before, and that is this many characters or more, is the whole so far."""
_SPOKEN = ("text.delta", "refusal.delta", "transcript.delta")
"""How the kinds of event end that carry a piece in OpenAI's Responses API; its others repeat the whole."""


class ReplyStream:
    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0

    @property
    def text(self) -> str:
        return "".join(self._pieces).strip()

    def add(self, found: str) -> None:
        if len(found) >= self._length >= _CUMULATIVE and found.startswith("".join(self._pieces)):
            self._pieces, self._length = [], 0
        self._pieces.append(found)
        self._length += len(found)

    def take(self, event: Json) -> bool:
        """Whether the event was a piece of a reply, or a list of nothing else."""
        found = [piece(each) for each in event] if isinstance(event, list) else [piece(event)]
        pieces = [each for each in found if each is not None]
        if not pieces or len(pieces) < len(found):
            return False
        for each in pieces:
            self.add(each)
        return True


def piece(event: Json) -> str | None:
    """The words in one event of a stream, in the shapes of OpenAI, Anthropic, Google and Ollama."""
    if not isinstance(event, dict):
        return None
    if (option := _first_option(event)) is not None:
        return _text(option.get("delta", option.get("content", option.get("text"))))
    if isinstance(kind := event.get("type"), str) and kind.startswith("response."):
        return _text(event.get("delta")) if kind.endswith(_SPOKEN) else ""
    if "delta" in event or "textDelta" in event:
        return _text(event.get("delta", event.get("textDelta")))
    if isinstance(event.get("done"), bool) and "model" in event:
        return _text(event.get("response", event.get("message")))
    if isinstance(token := event.get("token"), dict):  # a bare string would be a secret
        return _text(token)
    if isinstance(completion := event.get("completion"), str):
        return completion
    return None


def _first_option(event: dict[str, Json]) -> dict[str, Json] | None:
    """A stream's; a whole answer has a ``message`` with its role, and a quiz has ``choices`` of another kind."""
    for key in ("choices", "candidates"):
        options = event.get(key)
        if isinstance(options, list) and options and isinstance(option := options[0], dict):
            streams = "delta" in option or "finish_reason" in option or isinstance(option.get("content"), dict)
            return option if streams and "message" not in option else None
    return None


def _text(value: Json) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "".join(map(_text, value[:50])) if all(not isinstance(v, list) for v in value[:50]) else ""
    if isinstance(value, dict):
        for key in ("content", "text", "parts", "message"):
            if key in value and not isinstance(value[key], dict):
                return _text(value[key])
    return ""
