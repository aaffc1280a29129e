"""Pages to measure with: a quarter visible text, three near-misses of the library in each, no sentence twice."""

import random
from collections.abc import Iterator
from pathlib import Path

from detection.library import SHIPPED, Library, load
from detection.matcher import Matcher

WORDS = """
the of and to in is was for on with as by at from that this which were had are be have it an or their its
river valley school teacher lesson history science energy cell plant animal water river mountain city village
market trade king queen parliament election farmer factory engine railway bridge harbour ship journey map
climate weather season winter summer garden forest island ocean current pressure temperature measure
experiment result method theory evidence number equation graph table figure chapter paragraph sentence poem
novel play actor stage audience music rhythm instrument painter colour light shadow window door kitchen recipe
bread cheese apple football match team player coach referee goal league winner medal record training exercise
muscle heart blood oxygen carbon metal acid salt crystal layer surface volume weight friend neighbour family
mother brother sister grandfather holiday festival birthday letter message newspaper report question answer
problem solution reason example difference change growth decline increase average early late small large
several many explains describes compares measures records begins ends moves carries holds builds grows turns
leads follows becomes remains
""".split()  # noqa: SIM905 - a list of two hundred quoted words is harder to read


def pages(size: int, count: int, seed: int = 1) -> Iterator[bytes]:
    """``count`` HTML pages of ``size`` bytes. The same seed gives the same pages."""
    rng = random.Random(f"{seed}/{size}")
    near = near_misses(load(SHIPPED))
    for number in range(count):
        yield page(rng, size, rng.sample(near, 3), number)


def near_misses(library: Library) -> list[str]:
    """Sentences the library's own authors wrote as almost, but not quite, a match; of one phrase that is: those that
    match another would be raised, and raising is not what is measured here."""
    matcher = Matcher(library)
    written = (miss for phrase in library.phrases if phrase.language == "en" for miss in phrase.misses)
    return [miss for miss in written if not matcher.find(miss)]


def page(rng: random.Random, size: int, near: list[str], number: int) -> bytes:
    text: list[str] = [*near]
    written = sum(map(len, text))
    while written < size // 4:
        text.append(sentence(rng))
        written += len(text[-1]) + 1
    rng.shuffle(text)
    body = "\n".join(f'<p class="lead text-{i % 7}">{s}</p>' for i, s in enumerate(text))
    head = f"<!doctype html><html lang=en><head><meta charset=utf-8><title>Lesson {number}</title>"
    filling = max(0, size - len(body.encode()) - len(head) - 90)
    markup = "".join(f".c{i:05d}{{margin:{i % 9}px;color:#{i % 4096:03x}}}\n" for i in range(filling // 38))
    script = "x" * (filling - len(markup))
    return f"{head}<style>{markup}</style><script>/*{script}*/</script></head><body>{body}</body></html>".encode()


def sentence(rng: random.Random) -> str:
    words = rng.choices(WORDS, k=rng.randint(7, 18))
    return f"{words[0].capitalize()} {' '.join(words[1:])} {rng.randint(100, 999_999)}."


def write(folder: Path, size: int, count: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number, content in enumerate(pages(size, count)):
        (folder / f"{number}.html").write_bytes(content)
