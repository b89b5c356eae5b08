"""Cleans names and short texts that people type, before they are stored. Pure.

Does not escape anything; renderers do.
"""

import unicodedata

MAX_NAME_LENGTH = 40
"""Characters of a learner's or cohort's name, since it is shown on buttons."""

# Joiners are needed in many languages; all other invisible characters are removed, above all those
# that change the direction of the following text.
_JOINERS = "\u200c\u200d"
_INVISIBLE = ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp")

# Most combining marks in a row; Vietnamese and Hebrew need two or three.
_MOST_MARKS = 3


def clean_line(typed: str, max_length: int = MAX_NAME_LENGTH) -> str | None:
    """Join `typed` to one line without invisible characters and extra spaces.

    `None` when nothing visible is left or it is longer than `max_length`.
    """
    line = " ".join(_visible_characters(unicodedata.normalize("NFC", typed)).split())
    if not any(unicodedata.category(each)[0] in "LNPS" for each in line) or len(line) > max_length:
        return None
    return line


def clean_name(typed: str) -> str | None:
    """Clean a person's or cohort's name; `None` without a letter or digit, or if too long."""
    line = clean_line(typed, MAX_NAME_LENGTH)
    if line is None or not any(unicodedata.category(each)[0] in "LN" for each in line):
        return None
    return line


def is_right_to_left(text: str) -> bool:
    """Whether any letter of `text` is written from right to left."""
    return any(unicodedata.bidirectional(each) in ("R", "AL", "AN") for each in text)


def _visible_characters(text: str) -> str:
    kept, marks = [], 0
    for each in text:
        category = unicodedata.category(each)
        marks = marks + 1 if category[0] == "M" else 0
        if category in _INVISIBLE and each not in _JOINERS:
            kept.append(" " if each.isspace() or category == "Cc" else "")
        elif marks <= _MOST_MARKS:
            kept.append(each)
    return "".join(kept)
