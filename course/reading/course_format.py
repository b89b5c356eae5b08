"""The keys of a course's files, and the expected value of each.

`course/schema.json` is the same for editors; a test compares the two.
"""

from course import limits
from course.reading.expected import (
    ExpectedBoolean,
    ExpectedInteger,
    ExpectedList,
    ExpectedMapping,
    ExpectedNamedEntries,
    ExpectedText,
)
from course.reminders.rhythm import ReminderKind


def _id(longest: int = limits.MAX_ID_LENGTH) -> ExpectedText:
    return ExpectedText(
        max_length=longest,
        pattern=r"[a-z][a-z0-9-]*",
        pattern_description="small letters, digits and hyphens, a letter first",
    )


TITLE = ExpectedText(max_length=limits.MAX_TITLE_LENGTH, one_line=True)
LINE = ExpectedText(one_line=True)
PROSE = ExpectedText(allows_markup=True)
FILE = ExpectedText(
    one_line=True,
    is_address=True,
    pattern=r"(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*/)*[A-Za-z0-9_-][A-Za-z0-9_.-]*\.ya?ml",
    pattern_description="the name of a .yaml file in the course's folder or below,"
    " with / between folders",
)
PICTURE_FILE = ExpectedText(
    one_line=True,
    is_address=True,
    pattern=r"(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*/)*[A-Za-z0-9_-][A-Za-z0-9_.-]*\.png",
    pattern_description="the name of a .png file in the course's folder or below,"
    " with / between folders",
)
FACT_ID = ExpectedText(
    max_length=limits.MAX_ID_LENGTH,
    pattern=r"[A-Za-z][A-Za-z0-9-]*",
    pattern_description="letters, digits and hyphens, a letter first, e.g. F1",
)
FACTS = ExpectedList(FACT_ID, name="fact")
MONTH = ExpectedText(
    pattern=r"(?:19|20)[0-9]{2}(?:-(?:0[1-9]|1[0-2]))?",
    pattern_description='a year or a month, e.g. "2026-11"',
)

PICTURE = ExpectedMapping(
    "picture",
    {
        "file": PICTURE_FILE,
        "alt": ExpectedText(max_length=limits.MAX_CAPTION_UNITS),
        "facts": FACTS,
    },
)
CARD = ExpectedMapping(
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

OPTION = ExpectedMapping(
    "option",
    {
        "id": ExpectedText(
            max_length=limits.MAX_OPTION_ID_LENGTH,
            pattern=r"[a-z0-9]+",
            pattern_description="small letters and digits",
        ),
        "text": ExpectedText(max_length=limits.MAX_OPTION_LENGTH, allows_markup=True),
        "feedback": PROSE,
    },
    {"correct": ExpectedBoolean()},
)
QUESTION = ExpectedMapping(
    "question",
    {
        "id": _id(),
        "text": ExpectedText(max_length=limits.MAX_QUESTION_LENGTH, allows_markup=True),
        "options": ExpectedList(OPTION, limits.MIN_OPTIONS, limits.MAX_OPTIONS, "option"),
        "idea": PROSE,
        "facts": FACTS,
    },
    {
        "objective": _id(),
        "kind": ExpectedText(choices=KINDS),
        "role": ExpectedText(choices=ROLES),
    },
)
LESSON = ExpectedMapping(
    "lesson",
    {
        "id": _id(),
        "title": TITLE,
        "cards": ExpectedList(CARD, 1, limits.MAX_CARDS, "card"),
        "questions": ExpectedList(QUESTION, name="question"),
    },
)
OBJECTIVE = ExpectedMapping("objective", {"id": _id(), "text": LINE})
MODULE = ExpectedMapping(
    "module",
    {
        "id": _id(),
        "title": TITLE,
        "objectives": ExpectedList(OBJECTIVE, name="objective"),
        "lessons": ExpectedList(LESSON, name="lesson"),
    },
    {"picture": PICTURE, "questions": ExpectedList(QUESTION, name="question")},
)
TERM = ExpectedMapping(
    "term",
    {
        "term": ExpectedText(max_length=limits.MAX_TERM_LENGTH, one_line=True),
        "text": PROSE,
        "facts": FACTS,
    },
    {
        "also": ExpectedList(
            ExpectedText(max_length=limits.MAX_TERM_LENGTH, one_line=True), name="other name"
        )
    },
)
GLOSSARY = ExpectedMapping("glossary", {"terms": ExpectedList(TERM, name="term")})
AVOIDED = ExpectedMapping(
    "entry",
    {"words": ExpectedList(LINE, name="word"), "instead": LINE},
    {"quoted": ExpectedBoolean()},
)
AVOID = ExpectedMapping("list of words", {"avoid": ExpectedList(AVOIDED, name="entry")})
POINTER = ExpectedMapping("pointer", {"text": PROSE, "facts": FACTS})
COMING = ExpectedMapping(
    "coming module", {"title": TITLE, "minutes": ExpectedInteger(1, limits.MAX_COMING_MINUTES)}
)
HOURS = ExpectedInteger(0, limits.MAX_REMINDER_HOURS)
WORDING = ExpectedText(max_length=limits.MAX_WORDING_LENGTH, one_line=True)
WORDINGS = ExpectedMapping(
    "set of wordings",
    {},
    {
        kind.yaml_key: ExpectedList(WORDING, limits.MIN_WORDINGS, limits.MAX_WORDINGS, "wording")
        for kind in ReminderKind
    },
)
REMINDERS = ExpectedMapping(
    "rhythm of reminders",
    {},
    {
        "after_days": ExpectedList(
            ExpectedInteger(1, limits.MAX_REMINDER_DAYS), 1, limits.MAX_REMINDERS, "number of days"
        ),
        "hour": ExpectedText(
            pattern=r"(?:[01][0-9]|2[0-3]):[0-5][0-9]",
            pattern_description='a time of day, e.g. "10:00"',
        ),
        "deadline_hours": HOURS,
        "open_question_hours": HOURS,
        "hold_out_percent": ExpectedInteger(0, limits.MAX_HOLD_OUT_PERCENT),
        "jitter_minutes": ExpectedInteger(0, limits.MAX_JITTER_MINUTES),
        "wordings": WORDINGS,
    },
)
COURSE = ExpectedMapping(
    "course",
    {
        "id": _id(limits.MAX_COURSE_ID_LENGTH),
        "title": ExpectedText(max_length=limits.MAX_COURSE_TITLE_LENGTH, one_line=True),
        "version": LINE,
        "language": ExpectedText(
            pattern=r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*",
            pattern_description="a language's code, e.g. en",
        ),
        "about": PROSE,
        "outcomes": ExpectedList(LINE, limits.MIN_OUTCOMES, limits.MAX_OUTCOMES, "outcome"),
        "facts_as_of": MONTH,
        "sources": FILE,
        "modules": ExpectedList(FILE, name="module"),
    },
    {
        "closing": PROSE,
        "reading": ExpectedList(POINTER, name="pointer"),
        "glossary": FILE,
        "avoid": FILE,
        "coming": ExpectedList(COMING, min_items=0, name="coming module"),
        "reminders": REMINDERS,
    },
)
CONFIDENCES = ("seed", "verified", "verified-2nd", "recalled", "derived")
"""How well a fact was checked: see docs/writing-a-course.md."""

FACT = ExpectedMapping(
    "fact",
    {
        "says": LINE,
        "publication": LINE,
        "publisher": LINE,
        "year": ExpectedInteger(limits.MIN_YEAR, limits.MAX_YEAR),
        "locator": LINE,
        "url": ExpectedText(
            max_length=limits.MAX_URL_LENGTH,
            is_address=True,
            pattern=r"https://[^\s<>\"]+\.[^\s<>\"]+",
            pattern_description="an https:// address",
        ),
        "confidence": ExpectedText(choices=CONFIDENCES),
    },
    {"data": LINE},
)
SOURCES = ExpectedMapping(
    "sources",
    {
        "facts": ExpectedNamedEntries(
            FACT, FACT_ID.pattern, FACT_ID.pattern_description, "fact", FACT_ID.max_length
        )
    },
)
