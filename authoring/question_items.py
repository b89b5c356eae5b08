"""Questions as test items: stem, key and distractors, parsed from the author's files."""

from collections.abc import Iterator
from dataclasses import dataclass

from authoring.passages import Passage, passage
from course.problems import Spot
from course.reading.author_files import Draft
from course.reading.yaml_nodes import Keyed, Listing, Scalar


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of an item.

    Attributes:
        text: on one line, without markup.
        key: whether it is correct.
    """

    option: Keyed
    passage: Passage
    text: str
    key: bool

    @property
    def feedback(self) -> Passage | None:
        """The feedback to it; `None` when there is none."""
        found = self.option.scalar("feedback")
        return passage(found) if found is not None else None

    @property
    def spot(self) -> Spot:
        """Where its text starts."""
        return self.passage.start


@dataclass(frozen=True, slots=True)
class Item:
    """A question whose stem and options could be read.

    Attributes:
        stem: the text of the question.
        text: the stem on one line, without markup.
    """

    question: Keyed
    stem: Passage
    text: str
    choices: tuple[Choice, ...]

    @property
    def id(self) -> str:
        """Its id; empty when there is none."""
        return self.question.text("id")

    @property
    def kind(self) -> str:
        """Kind of the question; "teach" by default."""
        return self.question.text("kind") or "teach"

    @property
    def keys(self) -> tuple[Choice, ...]:
        """The options that are right."""
        return tuple(choice for choice in self.choices if choice.key)

    @property
    def distractors(self) -> tuple[Choice, ...]:
        """The options that are not right."""
        return tuple(choice for choice in self.choices if not choice.key)

    @property
    def single(self) -> bool:
        """Whether exactly one option is right."""
        return len(self.keys) == 1 < len(self.choices)

    @property
    def key_position(self) -> int:
        """Index of the first right option, from 0; there must be one."""
        return next(place for place, choice in enumerate(self.choices) if choice.key)


def items(draft: Draft) -> Iterator[Item]:
    """All questions that could be read, in teaching order."""
    return (found for top in draft.tops() for found in items_of(top))


def items_of(top: Keyed) -> Iterator[Item]:
    """The readable questions of a module: those of its lessons, then its bank."""
    groups = (*(lesson.keyed("questions") for lesson in top.keyed("lessons")),)
    for group in (*groups, top.keyed("questions")):
        for question in group:
            if (found := _item(question)) is not None:
                yield found


def _item(question: Keyed) -> Item | None:
    stem, options = question.scalar("text"), question.value("options")
    if stem is None or not isinstance(options, Listing) or options.cut:
        return None
    choices = tuple(map(_choice, question.keyed("options")))
    if not choices or len(choices) < len(options.items) or None in choices:
        return None
    shown = passage(stem)
    whole = tuple(choice for choice in choices if choice is not None)
    return Item(question, shown, _line(shown.text), whole)


def _choice(option: Keyed) -> Choice | None:
    text, mark = option.scalar("text"), option.value("correct")
    if text is None:
        return None
    shown = passage(text)
    key = isinstance(mark, Scalar) and mark.truth is True
    return Choice(option, shown, _line(shown.text), key)


def _line(text: str) -> str:
    return " ".join(text.split())
