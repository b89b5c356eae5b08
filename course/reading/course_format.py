"""The keys of a course's files, and the expected value of each.

`course/schema.json` is the same for editors; a test compares the two.
"""

from course import limits
from course.reading.expected import (
    Keys,
    ListOf,
    Named,
    Text,
    Truth,
    Whole,
)
from course.reminders.rhythm import Kind


def _id(longest: int = limits.ID_LENGTH) -> Text:
    return Text(
        longest=longest,
        pattern=r"[a-z][a-z0-9-]*",
        meaning="small letters, digits and hyphens, a letter first",
    )


TITLE = Text(longest=limits.TITLE_LENGTH, one_line=True)
LINE = Text(one_line=True)
PROSE = Text(marked=True)
FILE = Text(
    one_line=True,
    address=True,
    pattern=r"(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*/)*[A-Za-z0-9_-][A-Za-z0-9_.-]*\.ya?ml",
    meaning="the name of a .yaml file in the course's folder or below, with / between folders",
)
PICTURE_FILE = Text(
    one_line=True,
    address=True,
    pattern=r"(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*/)*[A-Za-z0-9_-][A-Za-z0-9_.-]*\.png",
    meaning="the name of a .png file in the course's folder or below, with / between folders",
)
FACT_ID = Text(
    longest=limits.ID_LENGTH,
    pattern=r"[A-Za-z][A-Za-z0-9-]*",
    meaning="letters, digits and hyphens, a letter first, e.g. F1",
)
FACTS = ListOf(FACT_ID, called="fact")
MONTH = Text(
    pattern=r"(?:19|20)[0-9]{2}(?:-(?:0[1-9]|1[0-2]))?", meaning='a year or a month, e.g. "2026-11"'
)

PICTURE = Keys(
    "picture",
    {"file": PICTURE_FILE, "alt": Text(longest=limits.CAPTION_UNITS), "facts": FACTS},
)
CARD = Keys(
    "card", {"id": _id(), "title": TITLE, "text": PROSE, "facts": FACTS}, {"picture": PICTURE}
)
KINDS = ("teach", "bank", "form-a", "form-b")
ROLES = (
    "police",
    "prosecutor",
    "judge",
    "defence",
    "health-worker",
    "prison",
    "probation",
    "policymaker",
)
"""Who has to act in a case: the professions for which the course is made."""

OPTION = Keys(
    "option",
    {
        "id": Text(
            longest=limits.OPTION_ID_LENGTH,
            pattern=r"[a-z0-9]+",
            meaning="small letters and digits",
        ),
        "text": Text(longest=limits.OPTION_LENGTH, marked=True),
        "feedback": PROSE,
    },
    {"correct": Truth()},
)
QUESTION = Keys(
    "question",
    {
        "id": _id(),
        "text": Text(longest=limits.QUESTION_LENGTH, marked=True),
        "options": ListOf(OPTION, limits.OPTIONS_LEAST, limits.OPTIONS_MOST, "option"),
        "idea": PROSE,
        "facts": FACTS,
    },
    {
        "objective": _id(),
        "kind": Text(choices=KINDS),
        "role": Text(choices=ROLES),
    },
)
LESSON = Keys(
    "lesson",
    {
        "id": _id(),
        "title": TITLE,
        "cards": ListOf(CARD, 1, limits.CARDS_MOST, "card"),
        "questions": ListOf(QUESTION, called="question"),
    },
)
OBJECTIVE = Keys("objective", {"id": _id(), "text": LINE})
MODULE = Keys(
    "module",
    {
        "id": _id(),
        "title": TITLE,
        "objectives": ListOf(OBJECTIVE, called="objective"),
        "lessons": ListOf(LESSON, called="lesson"),
    },
    {"picture": PICTURE, "questions": ListOf(QUESTION, called="question")},
)
TERM = Keys(
    "term",
    {"term": Text(longest=limits.TERM_LENGTH, one_line=True), "text": PROSE, "facts": FACTS},
    {"also": ListOf(Text(longest=limits.TERM_LENGTH, one_line=True), called="other name")},
)
GLOSSARY = Keys("glossary", {"terms": ListOf(TERM, called="term")})
AVOIDED = Keys(
    "entry", {"words": ListOf(LINE, called="word"), "instead": LINE}, {"quoted": Truth()}
)
AVOID = Keys("list of words", {"avoid": ListOf(AVOIDED, called="entry")})
POINTER = Keys("pointer", {"text": PROSE, "facts": FACTS})
COMING = Keys("coming module", {"title": TITLE, "minutes": Whole(1, limits.COMING_MINUTES_MOST)})
HOURS = Whole(0, limits.REMINDER_HOURS_MOST)
WORDING = Text(longest=limits.WORDING_LENGTH, one_line=True)
WORDINGS = Keys(
    "set of wordings",
    {},
    {
        kind.key: ListOf(WORDING, limits.WORDINGS_LEAST, limits.WORDINGS_MOST, "wording")
        for kind in Kind
    },
)
REMINDERS = Keys(
    "rhythm of reminders",
    {},
    {
        "after_days": ListOf(
            Whole(1, limits.REMINDER_DAYS_MOST), 1, limits.REMINDERS_MOST, "number of days"
        ),
        "hour": Text(
            pattern=r"(?:[01][0-9]|2[0-3]):[0-5][0-9]", meaning='a time of day, e.g. "10:00"'
        ),
        "deadline_hours": HOURS,
        "open_question_hours": HOURS,
        "hold_out_percent": Whole(0, limits.HOLD_OUT_MOST),
        "jitter_minutes": Whole(0, limits.JITTER_MOST),
        "wordings": WORDINGS,
    },
)
COURSE = Keys(
    "course",
    {
        "id": _id(limits.COURSE_ID_LENGTH),
        "title": Text(longest=limits.COURSE_TITLE_LENGTH, one_line=True),
        "version": LINE,
        "language": Text(
            pattern=r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", meaning="a language's code, e.g. en"
        ),
        "about": PROSE,
        "outcomes": ListOf(LINE, limits.OUTCOMES_LEAST, limits.OUTCOMES_MOST, "outcome"),
        "facts_as_of": MONTH,
        "sources": FILE,
        "modules": ListOf(FILE, called="module"),
    },
    {
        "closing": PROSE,
        "reading": ListOf(POINTER, called="pointer"),
        "glossary": FILE,
        "avoid": FILE,
        "coming": ListOf(COMING, least=0, called="coming module"),
        "reminders": REMINDERS,
    },
)
CONFIDENCES = ("seed", "verified", "verified-2nd", "recalled", "derived")
"""How well a fact was checked: see docs/writing-a-course.md."""

FACT = Keys(
    "fact",
    {
        "says": LINE,
        "publication": LINE,
        "publisher": LINE,
        "year": Whole(limits.YEAR_FIRST, limits.YEAR_LAST),
        "locator": LINE,
        "url": Text(
            longest=limits.URL_LENGTH,
            address=True,
            pattern=r"https://[^\s<>\"]+\.[^\s<>\"]+",
            meaning="an https:// address",
        ),
        "confidence": Text(choices=CONFIDENCES),
    },
    {"data": LINE},
)
SOURCES = Keys(
    "sources", {"facts": Named(FACT, FACT_ID.pattern, FACT_ID.meaning, "fact", FACT_ID.longest)}
)
