import tomllib

import pytest

from detection.bare_words import FILE, LONGEST, is_bare


@pytest.mark.parametrize(
    "text",
    [
        "turban",
        "African",
        "nonbinary",
        "what is islamophobia",
        "am i bisexual quiz",
        "how do i come out to my mum",
        "I am autistic",
        "we are Jewish",
        "black history month",
        "anxiety",
        "panic attack symptoms",
        "how to deal with depression",
        "period pain",
        "insulin dose for diabetes",
        "eid mubarak everyone see you at mosque",
        "i go church every sunday",
        "i take sertraline for anxiety",
        "i have depression",
        "ive been diagnosed with ocd and anxiety",
        "j'ai une dépression",
        "je suis juive",
        "ich bin Muslima und trage Kopftuch",
        "soy musulmana y llevo hiyab",
        "jestem muzułmaninem",
        "sou brasileiro e gay e tá tudo bem",
        "میں مسلمان ہوں",
        "depressione",
        "sintomi della depressione",
        "qu'est-ce que l'autisme",
        "estoy embarazada",
        "co to jest depresja",
        "ڈپریشن",
        "أعراض الاكتئاب",
    ],
)
def test_who_somebody_is_and_what_ails_them_says_nothing_more(text: str) -> None:
    assert is_bare(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "what is the test",
        "i have anxiety and nobody cares",
        "do i have depression",
        "i have",
        "they are all muslim scum",
        "jews out",
        "white pride",
        "i hate gay people",
        "you are so gay",
        "islam is a cancer",
        "bomb the mosque",
        "see you muslims later in hell",
        "i take all my tablets tonight",
        "so gay lol",
        "sale juif",
        "juden raus",
        "scheiß jude",
        "moro de mierda",
        "gay " * LONGEST,
    ],
)
def test_anything_else_beside_it_may_mean_something(text: str) -> None:
    assert not is_bare(text)


def test_no_list_names_a_word_twice() -> None:
    for table in tomllib.loads(FILE.read_text("utf-8")).values():
        words = [*table["words"], *table["beside"], *table.get("before", [])]
        assert sorted(set(words)) == sorted(words)
