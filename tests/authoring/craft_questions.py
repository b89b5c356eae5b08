"""Small courses around questions for tests, as an author writes them in YAML."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from json import dumps

from tests.authoring.craft_seeds import ROOT, SOURCES
from tests.course.seeded import MARK

FRAME = """\
id: m
title: Vessels
objectives: [{id: o, text: Choose a vessel}]
lessons:
  - id: l
    title: Choices
    cards:
      - {id: c1, title: Clay, text: Clay breaks., facts: [F1]}
      - {id: c2, title: Wood, text: Wood burns., facts: [F1]}
    questions:
      - {id: q, objective: o, text: What does a fire do to it?, facts: [F1], idea: So., options: [
          {id: a, text: It burns it, correct: true, feedback: Fire burns wood in no time.},
          {id: b, text: It dries it, correct: true, feedback: Fire dries wet wood at once.},
          {id: c, text: It cools it, feedback: Fire is never cold to wood.}]}
questions:
"""
FACTS = "facts: {F1: {says: Wood burns., confidence: verified}}\n"


@dataclass(frozen=True)
class Question:
    """A question for a test, any of whose texts may begin with the sign for a defect.

    Attributes:
        thing: the longer word of its text that no option has.
        alike: how many other questions have that word.
    """

    thing: str
    text: str
    options: tuple[str, ...]
    feedback: tuple[str, ...]
    key: int
    alike: int = 0
    mark: str = ""

    def with_option(self, number: int, text: str) -> "Question":
        options = (*self.options[:number], text, *self.options[number + 1 :])
        return replace(self, options=options)

    def distractors(self) -> list[int]:
        return [number for number in range(len(self.options)) if number != self.key]


def written_course(*modules: Sequence[Question]) -> dict[str, str]:
    """The texts of a course with these questions for tests, in modules from module0.yaml on."""
    files = {
        f"module{number}.yaml": FRAME
        + "".join(text_of(question, f"q{place}") for place, question in enumerate(questions))
        for number, questions in enumerate(modules)
    }
    return {ROOT: f"sources: {SOURCES}\nmodules: [{', '.join(files)}]\n", SOURCES: FACTS, **files}


def text_of(question: Question, name: str) -> str:
    """The question as an author writes it in YAML."""
    lines = [
        f"  - id: {name}",
        "    kind: bank",
        "    objective: o",
        f"    text: {quoted(question.text)}",
        f"    {question.mark}options:",
    ]
    for number, (text, feedback) in enumerate(
        zip(question.options, question.feedback, strict=True)
    ):
        lines += [f"      - id: {'abcdef'[number]}", f"        text: {quoted(text)}"]
        lines += [f"        feedback: {quoted(feedback)}"]
        lines += ["        correct: true"] * (number == question.key)
    return "\n".join([*lines, "    idea: It suits them.", "    facts: [F1]", ""])


def quoted(text: str) -> str:
    sign = MARK * text.startswith(MARK)
    return sign + dumps(text.removeprefix(MARK))
