"""The keys of a course's files other than modules; docstrings are the help that editors show."""

from typing import Annotated

from course import limits
from course.reading.part_model import Part
from course.reading.text_types import (
    FACT_ID,
    CourseId,
    Entries,
    Facts,
    File,
    Line,
    ModuleFile,
    Prose,
    Text,
    Title,
)
from course.reading.value_types import Items, TrueOrFalse, Whole

CONFIDENCES = ("seed", "verified", "verified-2nd", "recalled", "derived")
"""How well a fact was checked: see docs/writing-a-course.md."""

_LANGUAGE = Text(
    pattern=r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*",
    pattern_description="a language's code, e.g. en",
)
_MONTH = Text(
    pattern=r"(?:19|20)[0-9]{2}(?:-(?:0[1-9]|1[0-2]))?",
    pattern_description='a year or a month, e.g. "2026-11"',
)
_HOUR = Text(
    pattern=r"(?:[01][0-9]|2[0-3]):[0-5][0-9]",
    pattern_description='a time of day, e.g. "10:00"',
)
_URL = Text(
    max_length=limits.MAX_URL_LENGTH,
    is_address=True,
    pattern=r"https://[^\s<>\"]+\.[^\s<>\"]+",
    pattern_description="an https:// address",
)
_TERM = Text(max_length=limits.MAX_TERM_LENGTH, one_line=True)
_OTHER_NAME = Text(max_length=limits.MAX_TERM_LENGTH, one_line=True, name="other name")
_WORDING = Text(max_length=limits.MAX_WORDING_LENGTH, one_line=True, name="wording")
_SYNONYM = Text(max_length=limits.MAX_TERM_LENGTH, one_line=True, name="synonym")
_OUTCOMES = Items("outcome", limits.MIN_OUTCOMES, limits.MAX_OUTCOMES)
_DAYS = Whole(1, limits.MAX_REMINDER_DAYS, name="number of days")

_Hours = Annotated[int, Whole(0, limits.MAX_REMINDER_HOURS)]
_Wordings = Annotated[
    tuple[Annotated[str, _WORDING], ...],
    Items("wording", limits.MIN_WORDINGS, limits.MAX_WORDINGS),
]
_Synonyms = Annotated[tuple[Annotated[str, _SYNONYM], ...], Items("synonym", 2)]


class Pointer(Part):
    """Something to read or do after the course."""

    text: Prose
    """What it is and for whom."""
    facts: Facts
    """The facts whose publications it points to."""


class Coming(Part, called="coming module"):
    """A module that is being written."""

    title: Title
    """Its title, in one line."""
    minutes: Annotated[int, Whole(1, limits.MAX_COMING_MINUTES)]
    """How many minutes it will take, about."""


class Wordings(Part, called="set of wordings"):
    """How reminders begin; for a kind that is left out, the bot has words of its own."""

    open_question: _Wordings = ()
    """For a question that was left open. Three to twelve; {place}, {time} and {total} are filled
    in. The first line must not name the topic: it may show on a locked screen."""
    first: _Wordings = ()
    """For the first reminder. Three to twelve; {place}, {time} and {total} are filled in. The
    first line must not name the topic: it may show on a locked screen."""
    second: _Wordings = ()
    """For the second reminder. Three to twelve; {place}, {time} and {total} are filled in. The
    first line must not name the topic: it may show on a locked screen."""
    last: _Wordings = ()
    """For the last reminder: say that it is the last. Three to twelve; {place}, {time} and {total}
    are filled in. The first line must not name the topic: it may show on a locked screen."""
    deadline: _Wordings = ()
    """Before the deadline of a learner's group. Three to twelve; {place}, {time}, {total} and
    {deadline} are filled in. The first line must not name the topic: it may show on a locked
    screen."""
    snoozed: _Wordings = ()
    """For a reminder at the time a learner asked for. Three to twelve; {place}, {time} and {total}
    are filled in. The first line must not name the topic: it may show on a locked screen."""


class Reminders(Part, called="rhythm of reminders"):
    """When learners are reminded, and in which words; what is left out is as usual."""

    after_days: Annotated[
        tuple[Annotated[int, _DAYS], ...], Items("number of days", 1, limits.MAX_REMINDERS)
    ] = ()
    """Days after the last thing a learner did, rising; one to three, usually 3, 10, 20. After the
    last one there is silence until the learner comes back."""
    hour: Annotated[str, _HOUR] = ""
    """The time of day, by the clock of learners who set none; usually "10:00". Put it in quotes."""
    deadline_hours: _Hours | None = None
    """How many hours before the deadline of a learner's group; usually 48, and 0 for no such
    reminder."""
    open_question_hours: _Hours | None = None
    """How many hours after a question was left open in the middle of a lesson; usually 0, for no
    such reminder."""
    hold_out_percent: Annotated[int, Whole(0, limits.MAX_HOLD_OUT_PERCENT)] | None = None
    """How many of a hundred reminders are not sent, to see what reminders do; usually 10."""
    jitter_minutes: Annotated[int, Whole(0, limits.MAX_JITTER_MINUTES)] | None = None
    """Over how many minutes the reminders of the same minute are spread; usually 10."""
    wordings: Wordings | None = None
    """How reminders begin, in the course's own words."""


class Course(Part):
    """The root file, modules.yaml: the course's name and purpose, and its modules in order."""

    id: CourseId
    """The course's own id: small letters, digits and hyphens. Never change it once people learn."""
    title: Annotated[str, Text(max_length=limits.MAX_COURSE_TITLE_LENGTH, one_line=True)]
    """The course's title, in one line."""
    version: Line
    """Your own number for this edition, in quotes, e.g. "2026.11". It may change at any time."""
    language: Annotated[str, _LANGUAGE]
    """The code of the language the course is written in, e.g. en."""
    about: Prose
    """What the course is and is not, shown by /about. Paragraphs with a blank line between them;
    <b> and <i> are allowed."""
    outcomes: Annotated[tuple[Annotated[str, Text(one_line=True, name="outcome")], ...], _OUTCOMES]
    """What a learner can do at the end, three to seven lines, each starting with a verb."""
    facts_as_of: Annotated[str, _MONTH]
    """The month up to which you checked the facts, in quotes, e.g. "2026-11"."""
    sources: File
    """The name of the file with the facts, seen from this file's folder."""
    modules: Annotated[tuple[ModuleFile, ...], Items("module")]
    """The module files in teaching order, their names seen from this file's folder."""
    closing: Prose = ""
    """What the course says to somebody who has finished it. Paragraphs with a blank line between
    them; <b> and <i> are allowed."""
    reading: Annotated[tuple[Pointer, ...], Items("pointer")] = ()
    """Where to go on afterwards: a line each, with the facts that name the publications."""
    glossary: File | None = None
    """The name of the file with the glossary, seen from this file's folder."""
    avoid: File | None = None
    """The name of the file with words and statements that the course must not use, seen from this
    file's folder."""
    coming: Annotated[tuple[Coming, ...], Items("coming module", minimum=0)] = ()
    """Modules that are being written: announced to learners, never taught. May be left out."""
    reminders: Reminders | None = None
    """When learners are reminded, and in which words. May be left out, as may each number."""


class Fact(Part):
    """One fact with its source."""

    says: Line
    """The fact in one sentence of your own, with its figures and the year of the data. Learners do
    not see it."""
    publication: Line
    """The publication's title, as learners see it."""
    publisher: Line
    """Who published it, as learners see it."""
    year: Annotated[int, Whole(limits.MIN_YEAR, limits.MAX_YEAR)]
    """The year it was published."""
    locator: Line
    """Where in the publication, so that others can find it: page, table, press release."""
    url: Annotated[str, _URL]
    """The https address where it can be read."""
    confidence: Annotated[str, Text(choices=CONFIDENCES)]
    """How well it was checked: seed (given with the task), verified (read there), verified-2nd
    (read in another source that reports it), recalled (from memory), derived (our own
    arithmetic)."""
    data: Line | None = None
    """The year or years the figures are for, in quotes, e.g. "2022". Leave it out when there are
    no figures."""


class Sources(Part):
    """The file of facts: each statement the course stands on, and the publication it is from."""

    facts: Annotated[dict[str, Fact], Entries("fact", FACT_ID)]
    """The facts, each by an id of your choice such as F1."""


class Term(Part):
    """A term, explained in two or three sentences."""

    term: Annotated[str, _TERM]
    """The term, as the course writes it."""
    text: Prose
    """What it means. <b> and <i> are allowed."""
    facts: Facts
    """The facts the explanation stands on."""
    also: Annotated[tuple[Annotated[str, _OTHER_NAME], ...], Items("other name")] = ()
    """Other names and spellings that learners may type."""


class Glossary(Part):
    """The glossary: terms of the field, which learners look up with /glossary."""

    terms: Annotated[tuple[Term, ...], Items("term")]
    """The terms."""
    synonyms: Annotated[tuple[_Synonyms, ...], Items("group")] = ()
    """Groups of words that mean the same to somebody who searches; * stands for any ending."""


class Avoided(Part, called="entry"):
    """Words that must not be used, and what to write instead."""

    words: Annotated[tuple[Annotated[str, Text(one_line=True, name="word")], ...], Items("word")]
    """The words or phrases; capital letters make no difference."""
    instead: Line
    """What to write instead, or why not to write it."""
    quoted: Annotated[bool, TrueOrFalse()] = False
    """true: allowed within double quotes, where somebody is quoted."""


class Avoid(Part, called="list of words"):
    """What the texts of the course must not say."""

    avoid: Annotated[tuple[Avoided, ...], Items("entry")]
    """The entries."""
