"""Which media types carry text that some extractor reads; asked before a body has arrived."""

from detection.media_type import bare_type

JSON = frozenset({
    "application/json", "text/json", "application/x-json", "application/jsonlines", "application/x-ndjson",
    "application/ndjson", "application/jsonl", "application/json-seq", "application/graphql",
    "application/x-jsonlines", "application/stream+json", "application/json+protobuf", "application/json5",
})  # fmt: skip
PROGRAMS = frozenset({
    "text/javascript", "application/javascript", "application/x-javascript", "text/x-javascript",
})  # fmt: skip
"""What a page runs. Some servers give JSON behind a guard under these; a page that fetches one itself is after that."""
GRAPHQL = "application/graphql"
"""Among ``JSON`` because that is what most send under it."""
XML = frozenset({"application/xml", "text/xml"})
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
EVENT_STREAM = "text/event-stream"
HTML = frozenset({"text/html", "application/xhtml+xml"})
MAIL = frozenset({"message/rfc822", "message/global"})
YAML = frozenset({"application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml", "text/vnd.yaml"})
PLAIN = YAML | {"text/plain", "text/markdown", "text/csv", "text/vtt", ""}
"""Nothing said means text here, as it does for a browser that guesses: the extractors look at the bytes."""

PROTOBUF = frozenset({
    "application/protobuf", "application/x-protobuf", "application/x-protobuffer", "application/vnd.google.protobuf",
    "application/x-google-protobuf", "application/proto",
})  # fmt: skip
GRPC = frozenset({
    "application/grpc", "application/grpc+proto", "application/grpc-web", "application/grpc-web+proto",
    "application/connect+proto",
})  # fmt: skip
"""Messages in frames."""
CONVERSATIONS = frozenset({
    "application/grpc", "application/grpc+proto", "application/grpc+json", "application/connect+proto",
    "application/connect+json",
})  # fmt: skip
"""Of these the request may go on as long as the answer does; a browser's own (gRPC-web) never does."""
GRPC_TEXT = frozenset({"application/grpc-web-text", "application/grpc-web-text+proto"})
"""The same as Base64."""
MESSAGE_PACK = frozenset({"application/msgpack", "application/x-msgpack", "application/vnd.msgpack"})
CBOR = frozenset({"application/cbor", "application/cbor-seq", "application/x-cbor"})
BSON = frozenset({"application/bson", "application/x-bson"})
BATCH = frozenset({"multipart/mixed", "multipart/related"})
"""Messages in a message. ``multipart/x-mixed-replace`` is a camera's pictures."""
BYTES = frozenset({"application/octet-stream", "binary/octet-stream"})
"""Says nothing; some applications send their messages as this, and downloads come as it."""
MOST_BYTES = 256 << 10
"""A body of ``BYTES`` is a download from here on."""

_OTHERS = BATCH | MAIL | YAML | {FORM, MULTIPART, ""}
_NOT_LANGUAGE = frozenset({
    "text/css", "text/javascript", "text/ecmascript", "text/x-javascript", "application/dash+xml",
    "application/reports+json", "application/manifest+json", "application/importmap+json",
    "application/speculationrules+json", "application/csp-report+json", "application/geo+json",
    "text/rtf", "text/richtext",
})  # fmt: skip

DOCUMENTS = (
    "application/pdf", "application/x-pdf", "application/rtf", "application/x-rtf", "text/rtf", "text/richtext",
    "application/epub", "application/msword", "application/mspowerpoint", "application/msexcel",
    "application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument.", "application/vnd.ms-word",
    "application/vnd.ms-excel", "application/vnd.ms-powerpoint",
)  # fmt: skip
"""How the names of types begin that say a body is a document."""
ANYTHING = frozenset({
    "application/octet-stream", "binary/octet-stream", "application/binary", "application/x-binary",
    "application/download", "application/x-download", "application/force-download", "application/x-force-download",
    "application/zip", "application/x-zip-compressed", "application/x-zip", "multipart/x-zip", "application/unknown",
})  # fmt: skip
"""Types under which a document may come among much else; its first bytes tell."""


def says_document(media_type: str) -> bool:
    return bare_type(media_type).startswith(DOCUMENTS)


def may_be_document(media_type: str) -> bool:
    """Whether the first bytes are worth a look; nothing said means that too."""
    bare = bare_type(media_type)
    return bare == "" or bare in ANYTHING or bare.startswith(DOCUMENTS)


def reads(media_type: str, size: int | None = None) -> bool:
    """``media_type`` as the header has it; parameters and case do not matter. ``size`` is what the body is announced to
    have, where it is."""
    bare = bare_type(media_type)
    if bare in _NOT_LANGUAGE or bare.startswith(("image/", "video/", "audio/", "font/", "model/")):
        return False
    if bare in BYTES:
        return size is not None and size <= MOST_BYTES
    if bare in _OTHERS or bare.startswith("text/"):
        return True
    return is_json(bare) or is_xml(bare) or is_protobuf(bare) or is_packed(bare)


def is_json(bare: str) -> bool:
    return bare in JSON or bare.endswith("+json")


def is_xml(bare: str) -> bool:
    return bare in XML or bare.endswith("+xml")


def is_protobuf(bare: str) -> bool:
    return bare in PROTOBUF or bare in GRPC or bare in GRPC_TEXT or bare.endswith("+protobuf")


def is_packed(bare: str) -> bool:
    """In bytes, what JSON would say in letters."""
    return bare in MESSAGE_PACK or bare in CBOR or bare in BSON or bare.endswith(("+cbor", "+cbor-seq"))
