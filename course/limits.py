"""Limits of a course: Telegram's, and those that keep a lesson easy to read.

Sources: Bot API, sendMessage and InlineKeyboardButton; the server refuses raw texts over 32,768
bytes; the others are this format's own, with their reasons.
"""

MAX_MESSAGE_UNITS = 4096
"""UTF-16 units of a message without its markup. Bot API, sendMessage."""

MAX_MESSAGE_BYTES = 32768
"""Bytes of UTF-8 of a message with its markup. The Bot API server refuses more."""

MAX_BUTTON_BYTES = 64
"""Bytes of UTF-8 of a button's data. Bot API, InlineKeyboardButton."""

MAX_ID_LENGTH = 24
"""Characters of an id, so that the longest button data fit; see `longest_answer_button`."""

MAX_COURSE_ID_LENGTH = 64
"""Characters of a course's own id, which is in no button data."""

MAX_OPTION_ID_LENGTH = 4
MIN_OPTIONS, MAX_OPTIONS = 2, 6
"""More than six buttons under a question are a wall."""

MAX_CARD_WORDS = 120
"""Words of a card with its title: one idea, read in less than a minute."""

MAX_CARDS = 6
MAX_TITLE_LENGTH = 60
"""A title stays on two lines of a phone."""

MAX_COURSE_TITLE_LENGTH = 120
MAX_QUESTION_LENGTH = 1200
MAX_OPTION_LENGTH = 300
MIN_OUTCOMES, MAX_OUTCOMES = 3, 7
MAX_COMING_MINUTES = 120
MIN_YEAR, MAX_YEAR = 1900, 2100

MAX_REMINDERS = 3
"""More reminders in a row only annoy (docs/decisions/0012-reminders.md)."""

MAX_REMINDER_DAYS = 365
MAX_REMINDER_HOURS = 336
MAX_HOLD_OUT_PERCENT = 50
MAX_JITTER_MINUTES = 60
MIN_WORDINGS, MAX_WORDINGS = 3, 12
"""With fewer, the same learner soon reads the same again."""

MAX_WORDING_LENGTH = 300
MAX_URL_LENGTH = 500
MAX_TERM_LENGTH = 40
"""Characters of a glossary term, which people type after /glossary."""

PICTURE_WIDTH = 1080
"""Pixels: about the width to which Telegram scales a photo on a phone."""

MAX_PICTURE_HEIGHT = 1600
MAX_PICTURE_BYTES = 200_000
"""So that a picture loads within seconds on a slow connection."""

MAX_CAPTION_UNITS = 1024
"""UTF-16 units of a caption. Bot API, sendPhoto."""

RESERVED_FRAME_UNITS = 400
"""Reserved in a message for what the bot adds in any language, e.g. position and "You chose B"."""

RESERVED_SOURCE_UNITS = 60
"""Reserved for the words of a source line, such as "Source:" and "Figures for"."""

MAX_BUTTON_ORDINAL = 999
"""Highest number of askings of one question in the data of an answer button."""


def utf16_units(text: str) -> int:
    """Length of `text` in UTF-16 units, as Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def utf8_bytes(text: str) -> int:
    """Length of `text` in bytes of UTF-8."""
    return len(text.encode("utf-8", "surrogatepass"))


def count_words(text: str) -> int:
    """Count the words of `text`; a sign by itself, such as a list's "-", is no word."""
    return sum(any(sign.isalnum() for sign in word) for word in text.split())


def longest_answer_button(question: str, options: "tuple[str, ...]") -> str:
    """The longest button data of `question`: all options chosen, at the highest asking."""
    return f"a:{question}:{MAX_BUTTON_ORDINAL}:{'.'.join(options)}"
