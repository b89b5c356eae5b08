"""Craft rules on sets of questions: length and position must not give away the right option.

They count questions with one right answer, where there are enough of them.
"""

from collections.abc import Iterator, Sequence

from authoring.question_items import Item, items_of_module
from course.problems import Problem, SourceLocation
from course.reading.author_files import CourseDraft

MIN_QUESTIONS = 6
"""Fewest questions with one right answer for a module or course to be checked."""

MIN_QUESTIONS_FOR_POSITIONS = 12
"""Fewest of them for the positions in a whole course, whose bounds are narrower."""

MAX_LONGEST_PERCENT = 40
MAX_SHORTEST_PERCENT = 50
MAX_POSITION_PERCENT_IN_MODULE = 50
MAX_POSITION_PERCENT_IN_COURSE = 42
MIN_POSITION_PERCENT_IN_COURSE = 20
"""Bounds in percent."""


def keys_are_not_mostly_longest(draft: CourseDraft) -> Iterator[Problem]:
    """The right answer is the longest by itself in at most 40 percent of a module and a course."""
    for spot, found in _groups(draft):
        named = [item.id for item in found if is_key_longest(item)]
        if _share(named, found) > MAX_LONGEST_PERCENT:
            yield spot.problem(*_describe("longest", named, found))


def keys_are_not_mostly_shortest(draft: CourseDraft) -> Iterator[Problem]:
    """The right answer is the shortest by itself in at most half of a module and of a course."""
    for spot, found in _groups(draft):
        named = [item.id for item in found if is_key_shortest(item)]
        if _share(named, found) > MAX_SHORTEST_PERCENT:
            yield spot.problem(*_describe("shortest", named, found))


def keys_stand_everywhere(draft: CourseDraft) -> Iterator[Problem]:
    """With three options, A, B and C are right about equally often, in modules and the course."""
    modules = [(spot, _of_three(found)) for spot, found in _modules(draft)]
    for spot, found in modules:
        if len(found) >= MIN_QUESTIONS:
            yield from _overused_positions(spot, found, MAX_POSITION_PERCENT_IN_MODULE)
    whole = [item for _, found in modules for item in found]
    if len(modules) > 1 and len(whole) >= MIN_QUESTIONS_FOR_POSITIONS:
        yield from _overused_positions(_root(draft), whole, MAX_POSITION_PERCENT_IN_COURSE)
        yield from _underused_positions(_root(draft), whole)


def is_key_longest(item: Item) -> bool:
    """Whether the one right answer is longer than each other option."""
    [key] = item.correct_choices
    return all(len(key.text) > len(choice.text) for choice in item.distractors)


def is_key_shortest(item: Item) -> bool:
    """Whether the one right answer is shorter than each other option."""
    [key] = item.correct_choices
    return all(len(key.text) < len(choice.text) for choice in item.distractors)


def _groups(draft: CourseDraft) -> Iterator[tuple[SourceLocation, Sequence[Item]]]:
    """Each module that has enough questions, then the course of several modules."""
    modules = list(_modules(draft))
    yield from ((spot, found) for spot, found in modules if len(found) >= MIN_QUESTIONS)
    whole = [item for _, found in modules for item in found]
    if len(modules) > 1 and len(whole) >= MIN_QUESTIONS:
        yield _root(draft), whole


def _modules(draft: CourseDraft) -> Iterator[tuple[SourceLocation, list[Item]]]:
    for top in draft.module_mappings():
        yield top.location_of("id"), [item for item in items_of_module(top) if item.has_single_key]


def _root(draft: CourseDraft) -> SourceLocation:
    top = draft.root.top
    return top.location_of("modules") if top is not None else draft.root.start


def _of_three(found: Sequence[Item]) -> list[Item]:
    return [item for item in found if len(item.choices) == len("ABC")]


def _share(part: Sequence[object], whole: Sequence[object]) -> float:
    """In percent."""
    return 100 * len(part) / len(whole)


def _describe(which: str, named: Sequence[str], found: Sequence[Item]) -> tuple[str, str]:
    what = f"the right answer is the {which} in {len(named)} of {len(found)} questions"
    return what, f"change some of {', '.join(named)}"


def _overused_positions(
    spot: SourceLocation, found: Sequence[Item], most: int
) -> Iterator[Problem]:
    for letter, named in _by_letter(found).items():
        if _share(named, found) > most:
            what = f"{letter} is right in {len(named)} of {len(found)} questions of three options"
            yield spot.problem(what, f"change the order in some of {', '.join(named)}")


def _underused_positions(spot: SourceLocation, found: Sequence[Item]) -> Iterator[Problem]:
    for letter, named in _by_letter(found).items():
        if _share(named, found) < MIN_POSITION_PERCENT_IN_COURSE:
            what = f"{letter} is right in only {len(named)} of {len(found)} questions of three"
            yield spot.problem(what, f"change the order in some, so that {letter} is right")


def _by_letter(found: Sequence[Item]) -> dict[str, list[str]]:
    letters: dict[str, list[str]] = {letter: [] for letter in "ABC"}
    for item in found:
        letters["ABC"[item.key_position]].append(item.id)
    return letters
