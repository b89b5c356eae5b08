"""Limits of a course: Telegram's, and those that keep a lesson easy to read.

Sources: Bot API, sendMessage and InlineKeyboardButton; the server refuses raw texts over 32,768
bytes; the others are this format's own, with their reasons.
"""

MESSAGE_UNITS = 4096
"""UTF-16 units of a message without its markup. Bot API, sendMessage."""

MESSAGE_BYTES = 32768
"""Bytes of UTF-8 of a message with its markup. The Bot API server refuses more."""

BUTTON_BYTES = 64
"""Bytes of UTF-8 of a button's data. Bot API, InlineKeyboardButton."""

ID_LENGTH = 24
"""Characters of an id, so that the longest button data fit; see `longest_answer_button`."""

COURSE_ID_LENGTH = 64
"""Characters of a course's own id, which is in no button data."""

OPTION_ID_LENGTH = 4
OPTIONS_LEAST, OPTIONS_MOST = 2, 6
"""More than six buttons under a question are a wall."""

CARD_WORDS = 120
"""Words of a card with its title: one idea, read in less than a minute."""

CARDS_MOST = 6
TITLE_LENGTH = 60
"""A title stays on two lines of a phone."""

COURSE_TITLE_LENGTH = 120
QUESTION_LENGTH = 1200
OPTION_LENGTH = 300
OUTCOMES_LEAST, OUTCOMES_MOST = 3, 7
COMING_MINUTES_MOST = 120
YEAR_FIRST, YEAR_LAST = 1900, 2100

REMINDERS_MOST = 3
"""More reminders in a row only annoy (docs/decisions/0012-reminders.md)."""

REMINDER_DAYS_MOST = 365
REMINDER_HOURS_MOST = 336
HOLD_OUT_MOST = 50
JITTER_MOST = 60
WORDINGS_LEAST, WORDINGS_MOST = 3, 12
"""With fewer, the same learner soon reads the same again."""

WORDING_LENGTH = 300
URL_LENGTH = 500
TERM_LENGTH = 40
"""Characters of a glossary term, which people type after /glossary."""

PICTURE_WIDTH = 1080
"""Pixels: about the width to which Telegram scales a photo on a phone."""

PICTURE_HEIGHT_MOST = 1600
PICTURE_BYTES = 200_000
"""So that a picture loads within seconds on a slow connection."""

CAPTION_UNITS = 1024
"""UTF-16 units of a caption. Bot API, sendPhoto."""

FRAME_UNITS = 400
"""Reserved in a message for what the bot adds in any language, e.g. position and "You chose B"."""

SOURCE_UNITS = 60
"""Reserved for the words of a source line, such as "Source:" and "Figures for"."""

LONGEST_ORDINAL = 999
"""Highest number of askings of one question in the data of an answer button."""


def units(text: str) -> int:
    """Length of `text` in UTF-16 units, as Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def size(text: str) -> int:
    """Length of `text` in bytes of UTF-8."""
    return len(text.encode("utf-8", "surrogatepass"))


def words(text: str) -> int:
    """Count the words of `text`; a sign by itself, such as a list's "-", is no word."""
    return sum(any(sign.isalnum() for sign in word) for word in text.split())


def answer_button(question: str, options: "tuple[str, ...]") -> str:
    """The longest button data of `question`: all options chosen, at the highest asking."""
    return f"a:{question}:{LONGEST_ORDINAL}:{'.'.join(options)}"
