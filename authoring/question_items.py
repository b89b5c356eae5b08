"""Questions as test items: stem, key and distractors, parsed from the author's files."""

from collections.abc import Iterator
from dataclasses import dataclass

from authoring.passages import Passage, make_passage
from course.problems import SourceLocation
from course.reading.author_files import CourseDraft
from course.reading.yaml_nodes import YamlMapping, YamlScalar, YamlSequence


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of an item.

    Attributes:
        text: on one line, without markup.
        is_correct: whether it is correct.
    """

    option: YamlMapping
    passage: Passage
    text: str
    is_correct: bool

    @property
    def feedback(self) -> Passage | None:
        """The feedback to it; `None` when there is none."""
        found = self.option.scalar("feedback")
        return make_passage(found) if found is not None else None

    @property
    def spot(self) -> SourceLocation:
        """Where its text starts."""
        return self.passage.start


@dataclass(frozen=True, slots=True)
class Item:
    """A question whose stem and options could be read.

    Attributes:
        stem: the text of the question.
        text: the stem on one line, without markup.
    """

    question: YamlMapping
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
    def correct_choices(self) -> tuple[Choice, ...]:
        """The options that are right."""
        return tuple(choice for choice in self.choices if choice.is_correct)

    @property
    def distractors(self) -> tuple[Choice, ...]:
        """The options that are not right."""
        return tuple(choice for choice in self.choices if not choice.is_correct)

    @property
    def has_single_key(self) -> bool:
        """Whether exactly one option is right."""
        return len(self.correct_choices) == 1 < len(self.choices)

    @property
    def key_position(self) -> int:
        """Index of the first right option, from 0; there must be one."""
        return next(place for place, choice in enumerate(self.choices) if choice.is_correct)


def readable_items(draft: CourseDraft) -> Iterator[Item]:
    """All questions that could be read, in teaching order."""
    return (found for top in draft.module_mappings() for found in items_of_module(top))


def items_of_module(top: YamlMapping) -> Iterator[Item]:
    """The readable questions of a module: those of its lessons, then its bank."""
    groups = (*(lesson.mappings("questions") for lesson in top.mappings("lessons")),)
    for group in (*groups, top.mappings("questions")):
        for question in group:
            if (found := _item(question)) is not None:
                yield found


def _item(question: YamlMapping) -> Item | None:
    stem, options = question.scalar("text"), question.value("options")
    if stem is None or not isinstance(options, YamlSequence) or options.is_truncated:
        return None
    choices = tuple(map(_choice, question.mappings("options")))
    if not choices or len(choices) < len(options.items) or None in choices:
        return None
    shown = make_passage(stem)
    whole = tuple(choice for choice in choices if choice is not None)
    return Item(question, shown, _on_one_line(shown.text), whole)


def _choice(option: YamlMapping) -> Choice | None:
    text, mark = option.scalar("text"), option.value("correct")
    if text is None:
        return None
    shown = make_passage(text)
    key = isinstance(mark, YamlScalar) and mark.as_bool is True
    return Choice(option, shown, _on_one_line(shown.text), key)


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
