"""Defects of craft of a lesson or a module."""

from tests.authoring.craft_seeds import (
    ASKED,
    LEAVES,
    WATER,
    broken,
)

_SECOND_CARD = """\
      - id: m1l2c2
        title: No thermometer
        text: Let the kettle stand open for some minutes, until it is cool enough for green tea.
        facts: [F3]
"""
_THIRD_QUESTION = """
      - id: m2l1q3
        objective: m2o1
        text: How do you shut the tin of a guest who travels?
        options:
          - {id: a, text: With its lid, correct: true, feedback: A lid that fits is all it takes.}
          - {id: b, text: With paper, feedback: Paper lets moist air through on the way.}
        idea: A closed tin keeps light, air and moisture away.
        facts: [F4]
"""

TESTS = (
    broken(
        "questions_name_their_objective",
        "in a lesson",
        "no objective",
        (WATER, "- id: m1l2q1\n        objective: m1o2\n", "- »id: m1l2q1\n"),
    ),
    broken(
        "questions_name_their_objective",
        "in the bank",
        "no objective",
        (
            LEAVES,
            "- id: m2b1\n    kind: bank\n    objective: m2o1\n",
            "- »id: m2b1\n    kind: bank\n",
        ),
    ),
    broken(
        "objectives_are_asked_for",
        "a new one",
        "asks for m2o2",
        (LEAVES, "objectives:\n", "objectives:\n  - {»id: m2o2, text: Buy leaves}\n"),
    ),
    broken(
        "objectives_are_asked_for",
        "only in tests of the course",
        "asks for m1o2",
        (WATER, "{id: m1o2", "{»id: m1o2"),
        (WATER, "- id: m1l2q1\n        objective: m1o2", "- id: m1l2q1\n        objective: m1o1"),
        (
            WATER,
            "- id: m1b2\n    kind: bank\n    objective: m1o2",
            "- id: m1b2\n    kind: bank\n    objective: m1o1",
        ),
    ),
    broken(
        "forms_are_alike",
        "none of a form",
        "1 of form-a and 0 of form-b",
        (WATER, "{id: m1o2", "{»id: m1o2"),
        (WATER, "- id: m1o2b\n    kind: form-b", "- id: m1o2b\n    kind: bank"),
    ),
    broken(
        "forms_are_alike",
        "more of a form",
        "2 of form-a and 1 of form-b",
        (LEAVES, "{id: m2o1", "{»id: m2o1"),
        (LEAVES, "- id: m2b1\n    kind: bank", "- id: m2b1\n    kind: form-a"),
    ),
    broken(
        "cases_are_cases",
        "too short",
        "has 10 words",
        (LEAVES, f"    {ASKED}", f"    role: judge\n    {ASKED.replace('text: ', 'text: »')}"),
    ),
    broken(
        "cases_are_cases",
        "too long",
        "words",
        (
            LEAVES,
            "text: |\n          You write the rules",
            "text: »|\n          You write the rules",
        ),
        (LEAVES, "for a market hall. Sellers", f"for a market hall. {'It is large. ' * 12}Sellers"),
    ),
    broken(
        "lessons_are_short",
        "one card",
        "1 card;",
        (WATER, "    title: How hot\n    cards:", "    title: How hot\n    »cards:"),
        (WATER, _SECOND_CARD, ""),
    ),
    broken(
        "lessons_are_short",
        "three questions",
        "3 questions",
        (LEAVES, "    questions:\n      - id: m2l1q1", "    »questions:\n      - id: m2l1q1"),
        (LEAVES, "\n\nquestions:\n", f"{_THIRD_QUESTION}\nquestions:\n"),
    ),
)
