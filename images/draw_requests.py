"""Draw detections for a program of another environment: one request a line comes in, one picture a line goes out.

A request is ``report`` (as sensors send it to the appliance, base64), ``who``, ``note`` and ``evidence`` (``index`` and
``bodies`` in base64, ``truncated``; or null). An answer is ``png`` (base64) and ``note``, or ``error``.
"""

import argparse
import base64
import json
import signal
import sys
from typing import BinaryIO, Protocol

from detection import wire
from detection.grading import Detection
from detection.json_object import JsonObject
from detection.observation import Evidence
from images.draw import Renderer, RendererError, RendererSettings
from images.drawing import KINDS, Drawing, Line, Picture


class Draws(Protocol):
    def draw(self, drawing: Drawing) -> Picture: ...


def main(argv: list[str]) -> int:
    argparse.ArgumentParser(
        prog="gatehouse draw", description="Draw what comes as requests on standard input, for another program."
    ).parse_args(argv)
    # Whoever asked decides when it ends: by closing our input.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with Renderer(RendererSettings()) as renderer:
        serve(sys.stdin.buffer, sys.stdout.buffer, renderer)
    return 0


def serve(requests: BinaryIO, answers: BinaryIO, renderer: Draws) -> None:
    for line in requests:
        answers.write(json.dumps(_answer(line, renderer)).encode() + b"\n")
        answers.flush()


def _answer(line: bytes, renderer: Draws) -> dict[str, str]:
    try:
        picture = renderer.draw(_request(line))
    except RendererError as e:
        return {"error": str(e)}
    except ValueError:  # what it says may quote what was being drawn
        return {"error": "what was to be drawn cannot be read"}
    return {"png": base64.b64encode(picture.png).decode(), "note": picture.note}


def _request(line: bytes) -> Drawing:
    top = JsonObject(json.loads(line))
    detection = wire.parse(base64.b64decode(top.text("report"))).detection
    evidence = None if top.is_null("evidence") else _evidence(top.part("evidence"))
    return _drawing(detection, top.text("who"), evidence, top.text("note"))


def _drawing(detection: Detection, who: str, evidence: Evidence | None, note: str) -> Drawing:
    """In the zone its times carry."""
    seen = detection.observation
    return Drawing(
        kind=KINDS.get(seen.channel, "text"),
        who=who,
        when=seen.seen_at,
        where=seen.location,
        app=seen.app,
        channel=seen.channel,
        direction=seen.direction,
        category=detection.category,
        severity=detection.severity,
        needles=tuple(match.written for match in detection.matches),
        text=seen.text,
        ranges=tuple((match.start, match.end) for match in detection.matches),
        evidence=evidence,
        url=seen.location,
        author=seen.author,
        before=tuple(
            Line(when=each.seen_at, direction=each.direction, author="", text=each.text)
            for each in detection.before
            if KINDS.get(each.channel) == "message" and each.app == seen.app
        ),
        note=note,
    )


def _evidence(given: JsonObject) -> Evidence:
    bodies = {name: base64.b64decode(body) for name, body in given.text_by_text("bodies").items()}
    return Evidence(index=base64.b64decode(given.text("index")), bodies=bodies, truncated=given.truth("truncated"))
