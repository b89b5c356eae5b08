"""Cleans names and short texts that people type, before they are stored. Pure.

Does not escape anything; renderers do.
"""

import unicodedata

LONGEST_NAME = 40
"""Characters of a learner's or cohort's name, since it is shown on buttons."""

# Joiners are needed in many languages; all other invisible characters are removed, above all those
# that change the direction of the following text.
_KEPT = "\u200c\u200d"
_INVISIBLE = ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp")

# Most combining marks in a row; Vietnamese and Hebrew need two or three.
_MOST_MARKS = 3


def tidied(typed: str, longest: int = LONGEST_NAME) -> str | None:
    """Join `typed` to one line without invisible characters and extra spaces.

    `None` when nothing visible is left or it is longer than `longest`.
    """
    line = " ".join(_seen(unicodedata.normalize("NFC", typed)).split())
    if not any(unicodedata.category(each)[0] in "LNPS" for each in line) or len(line) > longest:
        return None
    return line


def name(typed: str) -> str | None:
    """Clean a person's or cohort's name; `None` without a letter or digit, or if too long."""
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
