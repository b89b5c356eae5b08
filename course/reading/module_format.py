"""The keys of a module file, and the type of each; docstrings are the help that editors show."""

from typing import Annotated

from course import limits
from course.reading.part_model import Part
from course.reading.text_types import PICTURE_FILE, Facts, Id, Line, Prose, Text, Title
from course.reading.value_types import Items, TrueOrFalse

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

_OPTION_ID = Text(
    max_length=limits.MAX_OPTION_ID_LENGTH,
    pattern=r"[a-z0-9]+",
    pattern_description="small letters and digits",
)


class Picture(Part):
    """A picture of your own, a PNG file 1080 pixels wide."""

    file: Annotated[str, PICTURE_FILE]
    """The name of the .png file, seen from the root file's folder."""
    alt: Annotated[str, Text(max_length=limits.MAX_CAPTION_UNITS)]
    """All that the picture says, in words, for people who do not see it."""
    facts: Facts
    """The facts the picture stands on."""


class Card(Part):
    """One idea, at most 120 words with its title."""

    id: Id
    """The card's id, used nowhere else in the course. Never change it once people learn."""
    title: Title
    """The card's title, in one line, without markup."""
    text: Prose
    """Paragraphs with a blank line between them. Lines that start with "- " make a list;
    <b> and <i> are allowed. No links."""
    facts: Facts
    """The ids of the facts this card stands on; at least one. Learners see the publications,
    not the ids."""
    picture: Picture | None = None
    """A picture shown with this card. May be left out."""


class Option(Part):
    """One answer, and the feedback to learners who choose it."""

    id: Annotated[str, _OPTION_ID]
    """One to four small letters or digits, different within the question. Never change it once
    people learn."""
    text: Annotated[str, Text(max_length=limits.MAX_OPTION_LENGTH, allows_markup=True)]
    """The answer, at most 300 characters."""
    feedback: Prose
    """What choosing this very option shows, and why it is right or not. Different for every
    option."""
    correct: Annotated[bool, TrueOrFalse()] = False
    """true for a right answer. May be left out for the others."""


class Question(Part):
    """A question with two to six options, of which the learner chooses all that are right."""

    id: Id
    """The question's id, used nowhere else in the course. Never change it once people learn."""
    text: Annotated[str, Text(max_length=limits.MAX_QUESTION_LENGTH, allows_markup=True)]
    """A short case or a question. Paragraphs, <b> and <i> are allowed."""
    options: Annotated[tuple[Option, ...], Items("option", limits.MIN_OPTIONS, limits.MAX_OPTIONS)]
    """Two to six answers; three good ones are best. Letters are given by their order."""
    idea: Prose
    """The right idea in one or two sentences, shown after every answer, right or wrong."""
    facts: Facts
    """The ids of the facts this question stands on; at least one."""
    objective: Id | None = None
    """The id of the objective of this module that it asks for. May be left out."""
    kind: Annotated[str, Text(choices=KINDS)] = "teach"
    """Where it is asked: teach after its lesson (also when left out); bank, form-a and form-b are
    kept for tests."""
    role: Annotated[str, Text(choices=ROLES)] | None = None
    """Who has to act, when the question is a case of 40 to 80 words."""


class Lesson(Part):
    """A few cards, then the questions on them; about three minutes."""

    id: Id
    """The lesson's id, used nowhere else in the course. Never change it once people learn."""
    title: Title
    """The lesson's title, in one line, without markup."""
    cards: Annotated[tuple[Card, ...], Items("card", 1, limits.MAX_CARDS)]
    """One to six cards, one idea each."""
    questions: Annotated[tuple[Question, ...], Items("question")]
    """At least one question, so that what was read is also recalled."""


class Objective(Part):
    """One thing a learner can do after the module."""

    id: Id
    """The objective's id, used nowhere else in the course."""
    text: Line
    """One line that starts with a verb, e.g. Describe the size of the gap."""


class Module(Part):
    """A module file: lessons that belong together."""

    id: Id
    """The module's id: small letters, digits and hyphens, used nowhere else in the course. Never
    change it once people learn."""
    title: Title
    """The module's title, in one line, without markup."""
    objectives: Annotated[tuple[Objective, ...], Items("objective")]
    """What a learner can do after this module. Each question may name one."""
    lessons: Annotated[tuple[Lesson, ...], Items("lesson")]
    """The lessons in teaching order."""
    picture: Picture | None = None
    """A picture shown when the module begins. May be left out."""
    questions: Annotated[tuple[Question, ...], Items("question")] = ()
    """Questions kept for tests, of the kinds bank, form-a and form-b; no lesson asks them."""
