import pytest

from detection.documents.contents import Contents, Gathering, Shortfall
from detection.documents.rich_text import DEEPEST, gather_rich_text


def gathered(source: str) -> Contents:
    gathering = Gathering()
    gather_rich_text(source.encode("latin-1"), gathering)
    return gathering.contents


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"{\rtf1\ansi see {\b you} soon}", "see you soon"),
        (r"{\rtf1 one\par two\line three}", "one\ntwo\nthree"),
        (r"{\rtf1{\fonttbl{\f0 Arial;}}{\colortbl;\red0;}{\stylesheet{\s1 heading 1;}}words}", "words"),
        (r"{\rtf1 caf\'e9}", "café"),
        (r"{\rtf1\ansicpg1251 \'ec\'e8\'f0}", "мир"),
        (r"{\rtf1\uc1 caf\u233?!}", "café!"),
        (r"{\rtf1\uc2 \u233\'c3\'a9!}", "é!"),
        (r"{\rtf1 \u-10179?\u-8704?}", "😀"),
        (r"{\rtf1{\*\unknown not this}{\header at the top\par}{\footnote below}words}", "at the top\nbelowwords"),
        (r"{\rtf1 here{\*\atnauthor Sam}{\*\annotation a remark}}", "here\nSam\na remark"),
        (r"{\rtf1{\info{\title in the title}{\keywords rivers}{\company none}}}", "in the title\nrivers"),
        (r"{\rtf1{\pict\bin5 {{{{{}words}", "words"),
        (r"{\rtf1{\pict 89504e47}{\shp{\*\shpinst{\shptxt in a box\par}}}}", "in a box"),
        (r"{\rtf1 a\~b\_c \{d\} \emdash  e}", "a b-c {d} — e"),
        (r"{\rtf1{\field{\*\fldinst HYPERLINK x}{\fldrslt a link}}}", "a link"),
        (r"{\rtf1\trowd one\cell two\cell\row}", "one\ntwo"),
        (r"{\rtf1{\deleted taken out}}", "taken out"),
    ],
)
def test_words_are_read_and_the_rest_is_passed_over(source: str, text: str) -> None:
    assert gathered(source).text == text


@pytest.mark.parametrize(
    "source", ["{\\rtf1" + "{" * 200_000, "}" * 1000, "{\\rtf1 \\u", "\\bin999999999 x", "{\\rtf1 \\'zz"]
)
def test_any_bytes_are_answered(source: str) -> None:
    assert isinstance(gathered(source).text, str)


def test_signs_without_end_are_read_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detection.documents.rich_text.MOST_TOKENS", 10)
    assert gathered(r"{\rtf1 x" + r"\par y" * 100).shortfall is Shortfall.LARGE


def test_groups_without_end_are_read_to_a_depth() -> None:
    contents = gathered("{\\rtf1 rivers " + "{" * (DEEPEST + 1) + "too deep" + "}" * (DEEPEST + 1) + "of wales}")
    assert (contents.text, contents.shortfall) == ("rivers of wales", Shortfall.LARGE)
