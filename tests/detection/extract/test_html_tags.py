import pytest

from detection.extract.html_tags import ATTRIBUTE, MARKUP, raw_end, unescape


def tags(markup: str) -> list[tuple[str, dict[str, str | None]]]:
    return [
        (found["tag"], {a["name"]: a["value"] for a in ATTRIBUTE.finditer(found["attributes"])})
        for found in MARKUP.finditer(markup)
        if found["tag"]
    ]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<a href=\"x>y\" b='c>d' e=f g>", [("a", {"href": '"x>y"', "b": "'c>d'", "e": "f", "g": None})]),
        ("<br/><img src=a/b/>", [("br", {}), ("img", {"src": "a/b/"})]),
        ('<a b=c"d>e', [("a", {"b": 'c"d'})]),
        ('<a b="c"d="e">', [("a", {"b": '"c"', "d": '"e"'})]),
        ("<a =b>", [("a", {"=b": None})]),
        ("<a b = 'c'>", [("a", {"b": "'c'"})]),
        ("<a b=>c", [("a", {"b": ""})]),
        ("</P >", [("/P", {})]),
        ("< a> <1> <!-- <b> --> <!doctype x> <?php <i> ?>", []),
    ],
)
def test_tags_are_cut_as_the_standard_has_it(markup: str, expected: list[tuple[str, dict[str, str | None]]]) -> None:
    assert tags(markup) == expected


def test_a_tag_the_text_ends_in_is_not_closed() -> None:
    found = MARKUP.search('a <input value="b>c')
    assert found is not None
    assert found["close"] == ""


def test_a_script_ends_at_its_own_end_tag() -> None:
    text = "<!-- <script>a</script> --></script>b"
    assert text[raw_end("script", text, 0) :] == "</script>b"
    text = "'<!--'; <b></script>c"
    assert text[raw_end("script", text, 0) :] == "</script>c"
    assert raw_end("title", "never closed", 0) == len("never closed")


def test_references_become_characters() -> None:
    assert unescape("&lt;&eacute;&#233;&#xE9; &") == "<éé\u00e9 &"
    assert unescape("&#" + "9" * 5000 + ";") == "\ufffd;"
