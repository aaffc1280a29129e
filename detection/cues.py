"""Words that show how a text is meant: denied, the writer's own, studied, reported, made up, or asking for help."""

from dataclasses import dataclass

from detection.normalise import key


@dataclass(frozen=True, slots=True)
class Setting:
    """Words of a text that is about something rather than meant."""

    name: str
    words: tuple[str, ...]


def _words(text: str) -> tuple[str, ...]:
    return tuple(key(word) for word in text.split(",") if word.strip())


def _padded(text: str) -> tuple[str, ...]:
    return tuple(f" {word} " for word in _words(text))


NEGATIONS = frozenset(_words("""
    not, never, no, dont, didnt, doesnt, wont, wouldnt, isnt, arent, aint, wasnt, couldnt, shouldnt, cannot, cant,
    nobody, without
"""))  # fmt: skip

MAY_STAND_BETWEEN = frozenset(_words("""
    i, id, im, me, you, we, they, he, she, it, to, ever, want, wants, wanted, going, gonna, wanna, really, actually,
    think, wish, plan, planning, feel, like, would, could, should, will, do, be, been, is, am, are, say, saying,
    said, mean, try, trying, even, please, that, thing
"""))  # fmt: skip
"""Small words a negation reaches across."""

NO_REAL_NEGATIONS = _padded("""
    why dont, why not, why cant, why havent, why wont, not only, dont care, cant stop, cant help, dont know, no one,
    i cant, no cap, no joke, not joking, dont you
""")  # fmt: skip

DENIALS = _padded("""
    never said, never say, not saying, dont think, do not think, dont believe, do not believe, not true that, who say,
    who says, who said, how can you say, how dare you say, people who, wrong to say, is an insult, is a slur, hateful,
    stop saying, dont say, do not say, shouldnt say, should not say
""")
"""What distances a writer from the words, anywhere in the sentence."""

SUBJECTS = frozenset(_words("i, im, ive, ill, id, ima, imma, we, weve"))

FIRST_PERSON = SUBJECTS | frozenset(_words("me, my, myself, mine, us, our"))

AIMED = frozenset(
    _words("""
    you, u, ur, your, youre, yourself, urself, yall, ya, him, her, them, he, she, hes, shes, they, theyre, his, their
""")
)
"""Somebody else, near or far."""

HELP = _padded("""
    how do i help, how can i help, how to help, how do you help, how could i help, how should i help, what can i do
    to help, what do i do if my, what should i do if my, what to do if my, what do i do when my, how do i support,
    how can i support, how to support, how do i stop, how can i stop, how to stop, how to quit, how do i quit, how
    can i quit, how to cope with, how do i cope, how can i cope, worried about my friend, worried about a friend,
    worried about my sister, worried about my brother, worried about someone, where can i get help, where do i get
    help, where to get help, how do i get help, how can i get help, how to get help, who can i talk to, who do i
    talk to, who can i tell, who do i tell, how do i tell, how can i tell, should i tell, how to tell someone, how
    do i report, how to report, i need help with, helpline, help line, charity for, advice for, signs that, signs
    of, how to spot, how to prevent, how can we prevent, how to protect, how do i protect, how can i protect
""")

SETTINGS = (
    Setting("school work or study", _padded("""
        essay, homework, coursework, assignment, dissertation, gcse, a level, a levels, revision, lesson, pshe,
        worksheet, textbook, chapter, curriculum, quiz, research, researchers, study, studies, hypothesis,
        psychology, biology, chemistry, sociology, definition, define, meaning of, what does, history of, history,
        historical, historian, century, war, ww1, ww2, holocaust, statistics, percentage, patients, cells, species,
        theory, laboratory, scientists, explain why, summarise, summarize, summary of, write a paragraph,
        presentation, leaflet, awareness
    """)),
    Setting("news", _padded("""
        news, article, reported, reports, according to, police said, court, jury, judge, sentenced,
        convicted, journalist, newspaper, documentary, spokesman, spokeswoman, spokesperson, prime minister,
        minister, president, government, parliament, mp, bbc, guardian, inquest, investigation, officials, arrested,
        charged with
    """)),
    Setting("fiction, song or play", _padded("""
        novel, film, movie, character, characters, the play, scene, poem, poet, poetry, lyrics, song, album,
        playlist, episode, series, season, netflix, story, short story, fanfic, fan fiction, trailer, gta,
        fortnite, minecraft, call of duty, cod, valorant, roblox, macbeth, romeo, juliet, hamlet, shakespeare, an
        inspector calls, of mice and men, lord of the flies, narrator, protagonist, author, quote, quotes
    """)),
)  # fmt: skip
