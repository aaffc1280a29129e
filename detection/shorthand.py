"""The short ways pupils write common words, so that a phrase written out in full is found in text-speak too."""

from itertools import islice, product

MOST = 96
"""Spellings of one phrase."""

_TABLE: dict[str, tuple[str, ...]] = {
    "how to": (
        "how do i", "how can i", "how do you", "how can you", "how could i", "how could you", "how would i",
        "how would you", "how can someone", "how do people", "best way to", "easiest way to", "ways to", "way to",
        "steps to", "teach me to", "how 2", "how do we", "how can we", "how might i", "how should i",
    ),
    "want to": ("wanna", "wana", "want 2", "wanted to", "wanting to"),
    "going to": ("gonna", "gunna", "gna", "goin to", "boutta", "about to", "finna"),
    "i am": ("im", "i m", "am"),
    "i have": ("ive", "iv"),
    "i will": ("ill", "ima", "imma"),
    "he is": ("hes",),
    "she is": ("shes",),
    "they are": ("theyre", "they r"),
    "you are": ("youre", "your", "ur", "u r", "you r", "u are", "ya"),
    "should have": ("shouldve", "shoulda", "should of"),
    "do not": ("dont", "dnt", "don t"),
    "does not": ("doesnt",),
    "did not": ("didnt",),
    "will not": ("wont",),
    "would not": ("wouldnt",),
    "cannot": ("cant", "can not", "can t", "carnt"),
    "is not": ("isnt", "aint"),
    "you": ("u", "ya", "yu"),
    "your": ("ur", "yr", "youre"),
    "yourself": ("urself", "your self", "ur self", "yaself", "yourselves"),
    "myself": ("my self", "mysel", "meself", "mysef", "my slef"),
    "are": ("r",),
    "to": ("2",),
    "mum": ("mom", "mam", "mummy", "mother", "mums", "moms"),
    "dad": ("daddy", "father", "stepdad", "dads"),
    "tonight": ("tonite", "2nite", "2night", "2nyt"),
    "tomorrow": ("tmrw", "tmr", "tomoz", "2moro", "2morrow", "tmw"),
    "people": ("ppl",),
    "nobody": ("noone", "no one", "no 1"),
    "anyone": ("any one", "anybody"),
    "because": ("cos", "cuz", "bc"),
    "pictures": ("pics", "photos"),
    "picture": ("pic", "photo"),
    "with": ("w", "wiv"),
    "suicide": ("suiside", "sucide", "suicde", "suicid"),
    "suicidal": ("suicidel", "sucidal", "suisidal"),
    "fucking": ("fuckin", "fking", "fkn", "effing", "f ing", "freaking", "bloody"),
    "fuck": ("fk", "fuk", "fck"),
    "bitch": ("bich", "biatch", "bitches"),
}  # fmt: skip
_LONGEST = max(len(full.split()) for full in _TABLE)


def spellings(phrase: str, most: int = MOST) -> tuple[str, ...]:
    """The phrase itself first, then its short forms, ``most`` in all; words in lower case, one space apart."""
    if most <= 1:
        return (phrase,)
    parts = _parts(phrase.split())
    return tuple(dict.fromkeys(" ".join(chosen) for chosen in islice(product(*parts), min(most, MOST))))


def _parts(words: list[str]) -> list[tuple[str, ...]]:
    parts: list[tuple[str, ...]] = []
    at = 0
    while at < len(words):
        for size in range(_LONGEST, 0, -1):
            full = " ".join(words[at : at + size])
            if full in _TABLE or size == 1:
                parts.append((full, *_TABLE.get(full, _without_g(full))))
                at += len(words[at : at + size])
                break
    return parts


def _without_g(word: str) -> tuple[str, ...]:
    return (word[:-1],) if len(word) > 5 and word.endswith("ing") else ()
