"""The short ways pupils write common words, so that a phrase written out in full is found in text-speak too."""

from itertools import islice, product

_SPELT = {
    "you": "u ya yu ye yous youse yall",
    "your": "ur yr youre",
    "yourself": "urself yaself yourselves",
    "myself": "mysel meself mysef masel maself",
    "are": "r",
    "to": "2",
    "mum": "mom mam mummy mother mums moms",
    "dad": "father dads",
    "tonight": "tonite 2nite 2night 2nyt",
    "tomorrow": "tmrw tmr tomoz 2moro 2morrow tmw",
    "people": "ppl",
    "because": "cos cuz bc",
    "with": "w wiv",
    "suicide": "suiside sucide suicde suicid",
    "suicidal": "suicidel sucidal suisidal",
    "gonna": "gunna gna boutta finna",
    "wanna": "wana",
    "ima": "imma",
    "ive": "iv",
    "shouldve": "shoulda",
    "dont": "dnt dinnae dinna doan",
    "didnt": "didnae didna",
    "cant": "cannot carnt",
    "fucking": "fuckin fking fkn",
    "fuck": "fk fuk fck",
    "bitch": "bich biatch bitches",
    "pictures": "pics photos",
    "picture": "pic photo",
    "nobody": "noone",
    "anyone": "anybody",
}  # fmt: skip
SHORT = {full: tuple(shorts.split()) for full, shorts in _SPELT.items()}
SPELT = {short: full for full, shorts in SHORT.items() for short in shorts}
"""One word for another: wherever the left is written, in a text or in a phrase, it reads as the right."""

_SAID: dict[str, tuple[str, ...]] = {
    "how to": (
        "how do i", "how can i", "how do you", "how can you", "how could i", "how could you", "how would i",
        "how would you", "how can someone", "how do people", "best way to", "easiest way to", "ways to", "way to",
        "steps to", "teach me to", "how do we", "how can we", "how might i", "how should i",
    ),
    "want to": ("wanna", "wanted to", "wanting to"),
    "going to": ("gonna", "goin to", "about to"),
    "i am": ("im", "i m", "am"),
    "i have": ("ive",),
    "i will": ("ill", "ima"),
    "he is": ("hes",),
    "she is": ("shes",),
    "they are": ("theyre",),
    "you are": ("your",),
    "should have": ("should of", "shouldve"),
    "do not": ("dont", "don t"),
    "does not": ("doesnt",),
    "did not": ("didnt",),
    "will not": ("wont",),
    "would not": ("wouldnt",),
    "cannot": ("can not", "can t"),
    "cant": ("can not", "can t"),
    "is not": ("isnt", "aint"),
    "yourself": ("your self",),
    "myself": ("my self", "my slef", "ma self"),
    "dad": ("daddy", "stepdad"),
    "nobody": ("no one", "no 1"),
    "anyone": ("any one",),
    "fucking": ("effing", "f ing", "freaking", "bloody"),
}  # fmt: skip
"""What a phrase in full may read like in a text, but not the other way round."""
_LONGEST = max(len(full.split()) for full in _SAID)
_BEGINNINGS = frozenset(full.split()[0] for full in _SAID)


def sayings(phrase: str, most: int) -> tuple[str, ...]:
    """The phrase itself first, then in other words, ``most`` in all; words in lower case, one space apart."""
    words = phrase.split()
    if most <= 1 or _BEGINNINGS.isdisjoint(words):
        return (phrase,)
    parts = _parts(words)
    return tuple(dict.fromkeys(" ".join(chosen) for chosen in islice(product(*parts), most)))


def careless(word: str) -> tuple[str, ...]:
    """How a word that stands in a phrase may be spelt as well: smokin."""
    return (word[:-1],) if len(word) > 5 and word.endswith("ing") else ()


def _parts(words: list[str]) -> list[tuple[str, ...]]:
    parts: list[tuple[str, ...]] = []
    at = 0
    while at < len(words):
        sizes = range(_LONGEST, 1, -1) if words[at] in _BEGINNINGS else ()
        size = next((size for size in sizes if " ".join(words[at : at + size]) in _SAID), 1)
        full = " ".join(words[at : at + size])
        parts.append((full, *_SAID.get(full, ())))
        at += size
    return parts
