"""Language in a protobuf request or response, bare or in the frames of gRPC, gRPC-web and Connect."""

from collections.abc import Iterator

from detection.extract import grpc_frames, protobuf
from detection.extract.base import Message, Passage
from detection.extract.json_body import JsonBody, carrier_of, passages_of
from detection.extract.json_documents import Json
from detection.extract.media_types import GRPC, GRPC_TEXT, is_protobuf
from detection.extract.text_runs import text_runs

_FRAME_STARTS = (b"\0", b"\1", b"\2", b"\x80", b"\x81")


class ProtobufBody:
    def handles(self, message: Message) -> bool:
        return not message.frame and is_protobuf(message.media_type)

    def passages(self, message: Message) -> Iterator[Passage]:
        if message.body[:1] in (b"{", b"["):  # an error, or a service that answers either way
            yield from JsonBody().passages(message)
            return
        yield from passages_of(_texts(message), carrier_of(message))


def _texts(message: Message) -> Iterator[Json]:
    body = message.body
    if message.media_type in GRPC_TEXT and not body.startswith(_FRAME_STARTS):
        body = grpc_frames.from_text(body)
    if message.media_type in GRPC | GRPC_TEXT:
        for one in grpc_frames.messages(body):
            yield from texts_of(one)
    else:
        yield from texts_of(body)


def texts_of(content: bytes) -> list[Json]:
    """Of bytes that should be protobuf and need not be."""
    for cut in (False, True):
        if found := protobuf.texts(content, cut=cut):
            return found
    return list(text_runs(content))
