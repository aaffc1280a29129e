"""Tell a web search that looks for help from one that looks for harm. It only labels; no severity is lowered by it."""

from detection.cues import help_in_any
from detection.library import Category, Phrase, Stage
from detection.normalise import key

_NAMES = """
    childline, 0800 1111, samaritans, 116 123, nspcc, papyrus, hopeline, hopelineuk, hopeline247, give us a shout,
    text shout, shout 85258, youngminds, young minds, kooth, stem4, place2be, beat eating disorders, beat helpline,
    talk to frank, ask frank, the mix helpline, camhs, ceop, report remove, report harmful content,
    childrens commissioner, switchboard lgbt, galop, mermaids uk, refuge helpline, womens aid, rape crisis,
    karma nirvana, stop it now, victim support, survivors trust, calm helpline, nacoa, winstons wish, cruse,
    crimestoppers
"""
_C = Category
_OF_LIFE = frozenset({_C.SUICIDE, _C.SELF_HARM, _C.DISTRESS, _C.ABUSE, _C.EATING_DISORDER})
_COMMON_WORDS = {
    "the mix": _OF_LIFE | {_C.DRUGS, _C.SEXUAL_HARASSMENT, _C.BULLYING},
    "shout": _OF_LIFE | {_C.BULLYING},
    "mind": _OF_LIFE,
    "mind uk": _OF_LIFE,
    "calm": frozenset({_C.SUICIDE, _C.SELF_HARM, _C.DISTRESS}),
    "beat": frozenset({_C.EATING_DISORDER}),
    "frank": frozenset({_C.DRUGS}),
    "refuge": frozenset({_C.ABUSE, _C.HONOUR_ABUSE}),
    "switchboard": _OF_LIFE,
    "the hideout": frozenset({_C.ABUSE, _C.HONOUR_ABUSE}),
}
"""Helplines whose names are words like others: told by their place, first or last, and by what else is looked for."""
_SAYS = """
    help for, help with, get help, getting help, find help, need help, seek help, who can help, who to call,
    who do i call, who to talk to, someone to talk to, hotline, crisis line, support for, support group, support groups,
    support line, counselling, counsellor, counselor, therapist, therapy for, text line, recovery from, how to recover,
    what do i do, what should i do, what can i do, what to do if, what to do when, how to stop, how do i stop,
    am i being, how to tell my, how do i tell my, how to support, how to talk to, report to police, how to get out of,
    whistleblowing, solicitor, free legal advice
"""
_LAST = """
    help, helpline, help uk, support, support uk, charity,
    aide, ayuda, ajuda, aiuto, hilfe, pomoc, ajutor, cymorth, madad, مدد, مساعدة, ਮਦਦ
"""
_ENDS = tuple(f" {key(words)} " for words in _LAST.split(","))
_HARM = frozenset({Stage.PLAN, Stage.METHOD})
_CUES = tuple(f" {key(words)} " for words in f"{_NAMES}, {_SAYS}".split(","))


def seeks_help(searched: str) -> bool:
    words = f" {key(searched)} "
    return words.endswith(_ENDS) or any(cue in words for cue in (*help_in_any(), *_CUES))


def is_for_help(searched: str, found: tuple[Phrase, ...]) -> bool:
    """``found``: the phrases in it. Who asks how it is done is not labelled, whatever else they ask."""
    asks = seeks_help(searched) or _names_a_helpline(searched, {phrase.category for phrase in found})
    return asks and not any(phrase.stage in _HARM for phrase in found)


def _names_a_helpline(searched: str, about: set[Category]) -> bool:
    words = f" {key(searched)} "
    return any(
        about <= helped and words.startswith(f" {name} ") != words.endswith(f" {name} ")
        for name, helped in _COMMON_WORDS.items()
    )
