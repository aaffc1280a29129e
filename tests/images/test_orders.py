import io
import json
import struct

import pytest

from images.orders import FrameError, Order, Resource, Shot, read_order, read_shot, write_order, write_shot


def framed(header: bytes, body: bytes = b"") -> io.BytesIO:
    return io.BytesIO(struct.pack(">II", len(header), len(body)) + header + body)


def test_an_order_arrives_as_it_was_sent() -> None:
    sent = Order(
        url="https://a.example/",
        resources=(
            Resource(url="https://a.example/", headers=(("content-type", "text/html"),), body=b"<p>\xff"),
            Resource(url="https://a.example/empty", status=404),
            Resource(url="https://a.example/last", body=b"\0" * 5),
        ),
        needles=("nobody likes you", "אף אחד"),
        fit=760,
    )
    pipe = io.BytesIO()
    write_order(pipe, sent)
    pipe.seek(0)
    assert read_order(pipe) == sent


def test_no_more_orders_is_not_an_error() -> None:
    assert read_order(io.BytesIO()) is None


def test_a_shot_arrives_as_it_was_sent() -> None:
    sent = Shot(png=b"\x89PNG", found=2, boxes=((1.5, 2.0, 3.0, 4.0),), unfinished=True, error="")
    pipe = io.BytesIO()
    write_shot(pipe, sent)
    pipe.seek(0)
    assert read_shot(pipe) == sent


@pytest.mark.parametrize(
    "header",
    [
        b"not json",
        b"[]",
        b"{}",
        json.dumps({"found": "many", "boxes": [], "unfinished": False, "error": ""}).encode(),
        json.dumps({"found": 1, "boxes": [[1, 2]], "unfinished": False, "error": ""}).encode(),
        json.dumps({"found": 1, "boxes": 7, "unfinished": False, "error": ""}).encode(),
    ],
)
def test_an_answer_that_makes_no_sense_is_refused(header: bytes) -> None:
    with pytest.raises(FrameError):
        read_shot(framed(header))


def test_an_answer_of_any_size_cannot_fill_our_memory() -> None:
    with pytest.raises(FrameError, match="larger"):
        read_shot(io.BytesIO(struct.pack(">II", 2, 2**32 - 1) + b"{}"))


def test_an_answer_cut_short_is_noticed() -> None:
    whole = framed(json.dumps({"found": 0, "boxes": [], "unfinished": False, "error": ""}).encode(), b"picture")
    with pytest.raises(FrameError, match="gone"):
        read_shot(io.BytesIO(whole.getvalue()[:-1]))
