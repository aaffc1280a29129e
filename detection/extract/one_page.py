"""The stretches of a page, which its reader gives one by one, as the one thing that was seen."""

from collections.abc import Iterable, Iterator

from detection.extract.base import Passage
from detection.observation import Channel


def one_page(passages: Iterable[Passage]) -> Iterator[Passage]:
    """Whatever is no page first and as it is, then the page."""
    page = []
    for passage in passages:
        if passage.channel is Channel.PAGE:
            page.append(passage)
        else:
            yield passage
    if page:
        yield Passage(channel=Channel.PAGE, text="\n\n".join(stretch.text for stretch in page), app=page[0].app)
