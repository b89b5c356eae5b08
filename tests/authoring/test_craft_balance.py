"""Lengths and positions of right options, counted anew for sets of any size."""

from typing import TypeAlias

from hypothesis import example, given
from hypothesis import strategies as st

from authoring.craft_balance import (
    keys_are_not_mostly_longest,
    keys_are_not_mostly_shortest,
    keys_stand_everywhere,
)
from course.checking import checker
from tests.authoring.craft_questions import Question, written_course
from tests.authoring.craft_seeds import ROOT

RULES = (keys_are_not_mostly_longest, keys_are_not_mostly_shortest, keys_stand_everywhere)
KEYS = {"longest": "It is of clay.", "shortest": "Clay.", "neither": "It is clay."}

Kind: TypeAlias = tuple[str, int]
"""How long the right option is, and its place from 0."""

kinds = st.tuples(st.sampled_from(list(KEYS)), st.integers(0, 2))


def question(kind: Kind) -> Question:
    length, key = kind
    options = ["It is straw.", "It is sand."]
    options.insert(key, KEYS[length])
    return Question("", "What is it made of?", tuple(options), ("It breaks too soon.",) * 3, key)


def expected(file: str, kinds: list[Kind]) -> set[tuple[str, int, str]]:
    """What must be said of the questions of a module, or of the course, at its first key."""
    total, is_course = len(kinds), file == ROOT
    line = 2 if is_course else 1
    found = set()
    for length, most in (("longest", 40), ("shortest", 50)):
        count = sum(each == length for each, _ in kinds)
        if total >= 6 and 100 * count > most * total:
            found.add((file, line, f"the right answer is the {length} in {count} of {total}"))
    for place, letter in enumerate("ABC"):
        count = sum(each == place for _, each in kinds)
        if total >= (12 if is_course else 6):
            if 100 * count > (42 if is_course else 50) * total:
                found.add((file, line, f"{letter} is right in {count} of {total}"))
            if is_course and 100 * count < 20 * total:
                found.add((file, line, f"{letter} is right in only {count} of {total}"))
    return found


@given(st.lists(st.lists(kinds, max_size=12), min_size=1, max_size=2))
@example([[("longest", 0)] * 4 + [("neither", 1)] * 5 + [("neither", 2)]])
@example([[("shortest", 0)] * 3 + [("neither", 1)] * 3])
@example([[("neither", 0)] * 6 + [("neither", 2)], [("neither", 1)] * 6 + [("neither", 2)] * 2])
def test_right_options_that_stand_out_too_often_are_found(modules: list[list[Kind]]) -> None:
    texts = written_course(*([question(kind) for kind in kinds] for kinds in modules))
    groups = {f"module{number}.yaml": kinds for number, kinds in enumerate(modules)}
    if len(modules) > 1:
        groups[ROOT] = [kind for kinds in modules for kind in kinds]

    draft = checker.read_draft(ROOT, texts)
    problems = [problem for rule in RULES for problem in rule(draft)]

    said = {(each.file, each.line, each.what.partition(" questions")[0]) for each in problems}
    assert said == set().union(*(expected(*group) for group in groups.items()))
