"""Detects free text about self-harm or an overdose, so that help can be offered at once.

A list of phrases that prefers false alarms to misses; it guarantees nothing.
"""

import re
import unicodedata

# Whole phrases, lower case, without accents; matched anywhere in the text, at the start of a word.
# Source of the rule: docs/decisions/0007-free-text.md. Languages: English, Spanish, French,
# Portuguese, German, Russian, Ukrainian, Arabic, Persian, Chinese, Swahili, Indonesian.
_PHRASES = (
    "suicid", "kill myself", "killing myself", "kill my self", "end my life", "ending my life",
    "take my own life", "taking my own life", "want to die", "wanna die", "wish i was dead",
    "wish i were dead", "better off dead", "no reason to live", "dont want to live",
    "do not want to live", "hurt myself", "hurting myself", "harm myself", "harming myself",
    "self harm", "selfharm", "cut myself", "cutting myself", "overdos", "od'd", "od’d",
    "took too much", "taken too much", "took too many", "taken too many", "not breathing",
    "stopped breathing", "cant breathe", "cannot breathe", "wont wake up", "will not wake up",
    "does not wake up", "doesnt wake up", "is unconscious",
    "not breathin", "isnt breathing", "is not responding", "unresponsive", "passed out",
    "cannot be woken", "cant be woken", "cant wake", "cannot wake", "wake her up", "wake him up",
    "wake them up", "not to wake up", "never wake up", "has collapsed", "just collapsed",
    "he is blue", "she is blue", "turning blue", "turned blue", "lips are blue", "gone blue",
    "took all her", "took all his", "took all my", "took all of", "took all the", "taken all",
    "whole box of pills", "whole bottle of pills",
    "cold and not moving", "not moving", "does not move", "doesnt move",
    "take his own life", "take her own life", "take their own life", "taking his own life",
    "taking her own life", "no reason to continue living", "no reason to go on living",
    "cant go on anymore", "cant go on any more", "cannot go on anymore", "cannot go on any more",
    "dont want to be alive", "do not want to be alive", "not want to live", "wants to die",
    "would miss me", "not worth living", "end it all", "wish i was not here", "wish i wasnt here",
    "dont want to be here anymore", "dont want to wake up", "kill himself", "kill herself",
    "kill themsel", "killed himself", "killed herself", "hurt himself", "hurt herself",
    "harm himself", "harm herself", "hang myself", "hang himself", "hang herself", "end his life",
    "end her life", "swallowed all", "swallowed a lot", "swallowed too", "unconscious",
    "no pulse", "barely breath", "hardly breath", "not waking up", "wont wake", "doesnt respond",
    "does not respond", "not responding", "wont respond", "live like this", "lying on the floor",
    "tired of life", "tired of living", "better off without me",
    "sobredosis", "matarme", "quiero morir", "hacerme dano", "no respira", "quitarme la vida",
    "surdose", "me tuer", "envie de mourir", "veux mourir", "me faire du mal", "ne respire pas",
    "ne respire plus", "mettre fin a mes jours",
    "me matar", "quero morrer", "nao respira", "me machucar", "tirar a minha vida",
    "selbstmord", "suizid", "umbringen", "uberdosis", "atmet nicht", "will sterben",
    "самоуб", "суицид", "покончить с собой", "убить себя", "хочу умереть", "не хочу жить",
    "передоз", "не дышит", "самогуб", "вбити себе", "хочу померти", "не дихає", "передозув",
    "انتحار", "اقتل نفسي", "أقتل نفسي", "اريد ان اموت", "أريد أن أموت", "جرعة زائدة", "لا يتنفس",
    "خودکشی", "اوردوز", "میخواهم بمیرم", "نفس نمی کشد",
    "自杀", "自殺", "想死", "不想活", "自残", "自殘", "用药过量", "吸毒过量", "过量", "没有呼吸",
    "kujiua", "nataka kufa", "bunuh diri", "ingin mati", "overdosis",
)  # fmt: skip


def _normalise(text: str) -> str:
    letters = text.translate({ord(each): _letters(each) for each in set(text)})
    return " ".join(letters.replace("n't", "nt").replace("n’t", "nt").split())


def _letters(sign: str) -> str:
    """What a sign stands for, small and without accents: "\ufdfa" are 18 letters."""
    decomposed = unicodedata.normalize("NFKD", sign).casefold()
    kept = "".join(each for each in decomposed if not unicodedata.combining(each))
    return kept.replace("-", " ").replace("_", " ")


# From here on (CJK) scripts put no spaces between words: their phrases match anywhere.
_CJK = "\u2e80"

_PLAIN = tuple(re.escape(_normalise(phrase)) for phrase in _PHRASES)
_APART = "|".join(phrase for phrase in _PLAIN if phrase[0] < _CJK)
_TOGETHER = "|".join(phrase for phrase in _PLAIN if phrase[0] >= _CJK)

# One look back for all: with one for each of them, the longest messages took a fifth of a second.
_FOUND = re.compile(rf"(?<!\w)(?:{_APART})|{_TOGETHER}")


def mentions_danger(text: str) -> bool:
    """Whether `text` may mention self-harm or an overdose, in one of the known languages."""
    return _FOUND.search(_normalise(text)) is not None
