"""Write down what a replay found as a file of expectations: by phrases and grades, never in the words of a capture."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from detection.grading import Detection
from proxy_addons.replay.expectations import phrases

_HEADING = (
    "# What was found when this was written. It holds no words of the captures, but apps and phrases say something",
    "# about people too: keep it where the captures are kept.",
)
_Item = tuple[tuple[str, str | int], ...]


def written(found: Sequence[tuple[Path, Sequence[Detection]]], folder: Path) -> str:
    """YAML. Captures are named as seen from ``folder`` where they lie below it."""
    lines = [*_HEADING, "captures:" if found else "captures: {}"]
    for name, detections in {_name(file, folder): detections for file, detections in found}.items():
        lines += [f"  {_scalar(name)}:", *_of_file(detections)]
    return "\n".join(lines) + "\n"


def _of_file(detections: Sequence[Detection]) -> Iterator[str]:
    if not detections:
        yield "    none: true"
        return
    yield f"    total: {len(detections)}"
    yield "    must:"
    for item, count in Counter(map(_item, detections)).items():
        for number, (name, value) in enumerate((*item, ("count", count))):
            yield f"      {'- ' if number == 0 else '  '}{name}: {_scalar(value)}"


def _item(detection: Detection) -> _Item:
    """Detections that say the same here are counted together."""
    seen, found = detection.observation, phrases(detection)
    phrase: _Item = (("phrase", found[0]),) if found else ()
    where: _Item = (("channel", str(seen.channel)), ("direction", str(seen.direction)))
    app: _Item = (("app", seen.app),) if seen.app.strip() else ()
    return (*phrase, ("category", str(detection.category)), ("severity", detection.severity), *where, *app)


def _name(file: Path, folder: Path) -> str:
    file, folder = file.absolute(), folder.absolute()
    return (file.relative_to(folder) if file.is_relative_to(folder) else file).as_posix()


def _scalar(value: str | int) -> str:
    """A text is quoted as JSON has it, which YAML reads: “true” and “1” are names of somebody's files too."""
    if isinstance(value, int):
        return str(value)
    quoted = json.dumps(value.encode("utf-8", "replace").decode(), ensure_ascii=False)
    return "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in quoted)
