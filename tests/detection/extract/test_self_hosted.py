"""Systems that schools run themselves, on hosts nobody knows: the general readers read what the named ones read."""

from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from detection.extract import Passage, extract
from tests.detection.extract.services.examples import Example, examples

SYSTEMS = ("jitsi_meet", "matrix", "mattermost", "rocket_chat", "zulip")
UNLIKE = {
    ("matrix", "a vote"): "its choices are read once more, each on its own",
    ("matrix", "somebody's vote"): "it is read as a page, without its author",
    ("matrix", "a search for rooms"): "a filter with a term looks like a form with words",
    ("mattermost", "a message pushed"): "the name stands outside the post, so its author is an identifier",
    (
        "rocket_chat",
        "a file with a word to it",
    ): "the room is named by the address alone, and nothing else tells of a chat",
    ("zulip", "a message that was changed, pushed"): "its earlier words are read beside the new ones, as a page",
    ("zulip", "a search"): "it stands in a list of the address, which no general reader opens",
    ("zulip", "somebody types"): "a notice with the topic looks like a form with words",
}
EXAMPLES = [example for example in examples() if example.service in SYSTEMS]
ALIKE = [example for example in EXAMPLES if (example.service, example.what) not in UNLIKE]


def elsewhere(example: Example) -> list[Passage]:
    host = urlsplit(example.message.url).netloc
    return list(extract(replace(example.message, url=example.message.url.replace(host, "chat.school.example", 1))))


@pytest.mark.parametrize("example", ALIKE, ids=lambda example: f"{example.service}: {example.what}")
def test_the_same_message_on_an_unknown_host_is_read_alike(example: Example) -> None:
    assert elsewhere(example) == list(example.reads)


def test_a_pushed_message_whose_author_stands_outside_is_read_all_the_same() -> None:
    (example,) = (e for e in EXAMPLES if (e.service, e.what) == ("mattermost", "a message pushed"))
    assert elsewhere(example) == [replace(example.reads[0], author="u7")]


def test_every_difference_named_is_one() -> None:
    unlike = [example for example in EXAMPLES if (example.service, example.what) in UNLIKE]
    assert len(unlike) == len(UNLIKE)
    assert all(elsewhere(example) != list(example.reads) for example in unlike)
