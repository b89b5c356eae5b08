"""The sizes a course must keep to: Telegram's, and those that make a lesson easy to read.

Sources: Bot API, sendMessage and InlineKeyboardButton; the server's refusal of raw texts over
32,768 bytes; the rest are this course format's own, with the reason beside each.
"""

MESSAGE_UNITS = 4096
"""UTF-16 units of a message once the markup is taken out. Bot API, sendMessage."""

MESSAGE_BYTES = 32768
"""Bytes of UTF-8 of a message with its markup. The Bot API server refuses more."""

BUTTON_BYTES = 64
"""Bytes of UTF-8 of a button's data. Bot API, InlineKeyboardButton."""

ID_LENGTH = 24
"""Characters of an id, so that the longest button, an answer, fits: see `answer_button`."""

COURSE_ID_LENGTH = 64
"""Characters of a course's own id, which no button carries."""

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
"""A term of the glossary is typed behind /glossary."""

PICTURE_WIDTH = 1080
"""Pixels: what Telegram keeps of a photo on a phone is about this wide."""

PICTURE_HEIGHT_MOST = 1600
PICTURE_BYTES = 200_000
"""A picture comes in seconds on a slow connection."""

CAPTION_UNITS = 1024
"""UTF-16 units of a caption. Bot API, sendPhoto."""

FRAME_UNITS = 400
"""Kept free in a message for what the bot adds: where one is, "You chose B", in any language."""

SOURCE_UNITS = 60
"""Kept free for the words of one source line, such as "Source:" and "Figures for"."""

LONGEST_ORDINAL = 999
"""How often one question may be asked before the button of its answer grows a digit."""


def units(text: str) -> int:
    """The length of `text` in UTF-16 units, as Telegram counts entities."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def size(text: str) -> int:
    """The length of `text` in bytes of UTF-8."""
    return len(text.encode("utf-8", "surrogatepass"))


def words(text: str) -> int:
    """How many words `text` has; signs that stand alone, such as a list's "-", are none."""
    return sum(any(sign.isalnum() for sign in word) for word in text.split())


def answer_button(question: str, options: "tuple[str, ...]") -> str:
    """The longest data a button of `question` can carry: all options chosen, late in its life."""
    return f"a:{question}:{LONGEST_ORDINAL}:{'.'.join(options)}"
