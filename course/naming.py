"""What people type as a name or a short text, made fit to be kept and shown. Pure.

Nothing is escaped here: that is the business of whoever shows it.
"""

import unicodedata

LONGEST_NAME = 40
"""Characters of a learner's name or a cohort's: it stands on buttons."""

# Joiners are part of how many languages are written; all other invisible characters go, above all
# those that turn the direction of the text that follows.
_KEPT = "\u200c\u200d"
_INVISIBLE = ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp")

# Marks above and below letters that may follow each other; Vietnamese and Hebrew need two or three.
_MOST_MARKS = 3


def tidied(typed: str, longest: int = LONGEST_NAME) -> str | None:
    """One line without invisible characters and needless spaces.

    `None` when nothing is left to be seen or it is longer than `longest`.
    """
    line = " ".join(_seen(unicodedata.normalize("NFC", typed)).split())
    if not any(unicodedata.category(each)[0] in "LNPS" for each in line) or len(line) > longest:
        return None
    return line


def name(typed: str) -> str | None:
    """What somebody or a cohort may be called; `None` without a letter or digit, or too long."""
    line = tidied(typed, LONGEST_NAME)
    if line is None or not any(unicodedata.category(each)[0] in "LN" for each in line):
        return None
    return line


def is_right_to_left(text: str) -> bool:
    """Whether any letter of `text` is written from right to left."""
    return any(unicodedata.bidirectional(each) in ("R", "AL", "AN") for each in text)


def _seen(text: str) -> str:
    kept, marks = [], 0
    for each in text:
        category = unicodedata.category(each)
        marks = marks + 1 if category[0] == "M" else 0
        if category in _INVISIBLE and each not in _KEPT:
            kept.append(" " if each.isspace() or category == "Cc" else "")
        elif marks <= _MOST_MARKS:
            kept.append(each)
    return "".join(kept)
