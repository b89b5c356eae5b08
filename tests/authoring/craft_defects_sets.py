"""Defects of craft of a lesson, a module or the course."""

from tests.authoring.craft_seeds import (
    ASKED,
    LEAVES,
    ROOT,
    WATER,
    broken,
    option,
)

BALANCE = (
    broken(
        "keys_are_not_mostly_longest",
        "in a module",
        "the longest in 4 of 8",
        (WATER, "id: m1\n", "»id: m1\n"),
        option(
            "They had put more on the fire than they drank.",
            "They had put more on the fire than they would drink.",
            WATER,
        ),
        option("With what both pots hold", "With as much as both pots hold", WATER),
        option(
            "Wait with an open lid, and pour after that",
            "Wait with an open lid, and then pour after that",
            WATER,
        ),
        option("With four cups of water", "With four cups of cold water", WATER),
    ),
    broken(
        "keys_are_not_mostly_longest",
        "in the course",
        "the longest in 7 of 13",
        (ROOT, "modules:\n", "»modules:\n"),
        option("With what both pots hold", "With as much as both pots hold", WATER),
        option("With four cups of water", "With four cups of cold water", WATER),
        option("A closed tin", "A tin that is closed"),
        option("How dry the leaves are", "How dry all the leaves are"),
        option("How the leaves taste", "How the leaves smell and taste"),
        option(
            "A tin with a lid for what is not on show",
            "A tin with a lid on it for what is not on show",
        ),
    ),
    broken(
        "keys_are_not_mostly_shortest",
        "in a module and the course",
        "the shortest in 5 of 8",
        (WATER, "id: m1\n", "»id: m1\n"),
        (ROOT, "modules:\n", "»modules:\n"),
        option("With what both pots hold", "With two pots", WATER),
        option("Wait with an open lid, and pour after that", "Wait, then pour", WATER),
        option("With four cups of water", "With four cups", WATER),
    ),
    broken(
        "keys_are_not_mostly_shortest",
        "in the course",
        "the shortest in 7 of 13",
        (ROOT, "modules:\n", "»modules:\n"),
        option("With four cups of water", "With four cups", WATER),
        option("A closed tin", "Tins"),
        option("How the leaves taste", "Their taste"),
    ),
    broken(
        "keys_stand_everywhere",
        "in a module and the course",
        "B is right in 5 of 8",
        (WATER, "id: m1\n", "»id: m1\n"),
        (ROOT, "modules:\n", "»modules:\n"),
        (
            WATER,
            "text: With four cups of water\n        correct: true\n",
            "text: With four cups of water\n",
        ),
        (
            WATER,
            "text: To the mark for the most\n",
            "text: To the mark for the most\n        correct: true\n",
        ),
        (
            WATER,
            "text: Boil it again, and pour it without a wait\n        correct: true\n",
            "text: Boil it again, and pour it without a wait\n",
        ),
        (
            WATER,
            "text: Pour it as it is, and leave it for longer\n",
            "text: Pour it as it is, and leave it for longer\n        correct: true\n",
        ),
    ),
    broken(
        "keys_stand_everywhere",
        "hardly ever last",
        "C is right in only 2 of 13",
        (ROOT, "modules:\n", "»modules:\n"),
        (
            LEAVES,
            "text: How the leaves taste\n        correct: true\n",
            "text: How the leaves taste\n",
        ),
        (
            LEAVES,
            "text: How dry the leaves feel\n",
            "text: How dry the leaves feel\n        correct: true\n",
        ),
        (
            LEAVES,
            "text: Because glass lets sun pass\n            correct: true\n",
            "text: Because glass lets sun pass\n",
        ),
        (
            LEAVES,
            "text: Because glass lets cold pass\n",
            "text: Because glass lets cold pass\n            correct: true\n",
        ),
    ),
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
