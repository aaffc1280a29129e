from typing import Any

import pytest

from detection.extract.formatted_runs import joined
from detection.observation import Channel
from tests.detection.extract.factories import said, shown, written

TEXT = "see you at the river"
BOLD = {"type": "text", "marks": [{"type": "bold"}]}
LEXICAL = {"type": "text", "detail": 0, "mode": "normal", "style": "", "version": 1}
LINK = {"type": "link", "url": "/x", "children": [{"text": "you"}]}
EDITORS: dict[str, Any] = {
    "Slate": {"body": [{"children": [{"text": "see you at "}, {"text": "the river", "bold": True}]}]},
    "Slate's link": {"body": [{"children": [{"text": "see "}, LINK, {"text": " at the river", "em": True}]}]},
    "ProseMirror": {"doc": {"content": [{"type": "text", "text": "see you "}, BOLD | {"text": "at the river"}]}},
    "Lexical": {"root": {"children": [LEXICAL | {"text": "see you at the "}, LEXICAL | {"text": "river"}]}},
    "Quill": {"ops": [{"insert": "see you "}, {"insert": "at the", "attributes": {"a": 1}}, {"insert": " river\n"}]},
}  # fmt: skip


@pytest.mark.parametrize("editor", EDITORS)
def test_a_sentence_in_several_looks_is_one_sentence(editor: str) -> None:
    assert said(written(EDITORS[editor])) == [(Channel.POST, TEXT)]


def test_paragraphs_stay_apart_and_breaks_are_kept() -> None:
    runs = [{"type": "text", "text": "see you"}, {"type": "hardBreak"}, {"type": "text", "text": "there"}]
    assert joined(runs) == "see you\nthere"
    paragraphs = [
        {"type": "paragraph", "content": [{"type": "text", "text": words}]} for words in ("see you", "at ten")
    ]
    assert said(written({"doc": {"content": paragraphs}})) == [(Channel.POST, "see you"), (Channel.POST, "at ten")]


@pytest.mark.parametrize(
    "values",
    [
        [],
        [{"text": "see you"}],
        [{"text": "see you"}, {"text": "there"}],
        [{"text": "see you", "author": "jo"}, {"text": "there", "author": "sam"}],
        [{"type": "text", "text": "see you", "id": 1}, {"type": "text", "text": "there", "id": 2}],
        [{"type": "message", "text": "see you"}, {"type": "message", "text": "there"}],
        [{"insert": "see you"}, "there"],
        [1, None, "see you"],
    ],
)
def test_messages_in_a_list_are_not_joined(values: list[Any]) -> None:
    assert joined(values) == ""


def test_what_others_said_keeps_its_author() -> None:
    comments = [
        {"author": "jo", "text": "see you there", "type": "text"},
        {"author": "sam", "text": "and you", "type": "text"},
    ]
    assert [text for _, text in said(shown({"comments": comments}))] == ["see you there", "and you"]
