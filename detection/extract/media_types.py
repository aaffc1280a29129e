"""Which media types carry text that some extractor reads; asked before a body has arrived."""

JSON = frozenset({
    "application/json", "text/json", "application/x-json", "application/jsonlines", "application/x-ndjson",
    "application/ndjson", "application/jsonl", "application/json-seq", "application/graphql",
})  # fmt: skip
XML = frozenset({"application/xml", "text/xml"})
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
EVENT_STREAM = "text/event-stream"
HTML = frozenset({"text/html", "application/xhtml+xml"})
PLAIN = frozenset({"text/plain", "text/markdown", "text/csv", "text/rtf", "text/vtt", ""})
"""Nothing said means text here, as it does for a browser that guesses: the extractors look at the bytes."""

_NOT_LANGUAGE = frozenset({
    "text/css", "text/javascript", "text/ecmascript", "text/x-javascript", "application/dash+xml",
    "application/reports+json", "application/manifest+json", "application/importmap+json",
    "application/speculationrules+json", "application/csp-report+json", "application/geo+json",
})  # fmt: skip


def reads(media_type: str) -> bool:
    """``media_type`` as the header has it; parameters and case do not matter."""
    bare = bare_type(media_type)
    if bare in _NOT_LANGUAGE or bare.startswith(("image/", "video/", "audio/", "font/", "model/")):
        return False
    return bare == "" or bare.startswith("text/") or is_json(bare) or is_xml(bare) or bare in (FORM, MULTIPART)


def bare_type(media_type: str) -> str:
    return media_type.partition(";")[0].strip().lower()


def is_json(bare: str) -> bool:
    return bare in JSON or bare.endswith("+json")


def is_xml(bare: str) -> bool:
    return bare in XML or bare.endswith("+xml")
