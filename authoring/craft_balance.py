"""Craft rules on sets of questions: length and position must not give away the right option.

They count questions with one right answer, where there are enough of them.
"""

from collections.abc import Iterator, Sequence

from authoring.question_items import Item, items_of
from course.problems import Problem, Spot
from course.reading.author_files import Draft

FEWEST = 6
"""Fewest questions with one right answer for a module or course to be checked."""

FEWEST_FOR_PLACES = 12
"""Fewest of them for the positions in a whole course, whose bounds are narrower."""

LONGEST_MOST = 40
SHORTEST_MOST = 50
PLACE_MOST_IN_MODULE = 50
PLACE_MOST_IN_COURSE = 42
PLACE_LEAST_IN_COURSE = 20
"""Bounds in percent."""


def keys_are_not_mostly_longest(draft: Draft) -> Iterator[Problem]:
    """The right answer is the longest by itself in at most 40 percent of a module and a course."""
    for spot, found in _groups(draft):
        named = [item.id for item in found if is_longest(item)]
        if _share(named, found) > LONGEST_MOST:
            yield spot.problem(*_told("longest", named, found))


def keys_are_not_mostly_shortest(draft: Draft) -> Iterator[Problem]:
    """The right answer is the shortest by itself in at most half of a module and of a course."""
    for spot, found in _groups(draft):
        named = [item.id for item in found if is_shortest(item)]
        if _share(named, found) > SHORTEST_MOST:
            yield spot.problem(*_told("shortest", named, found))


def keys_stand_everywhere(draft: Draft) -> Iterator[Problem]:
    """With three options, A, B and C are right about equally often, in modules and the course."""
    modules = [(spot, _of_three(found)) for spot, found in _modules(draft)]
    for spot, found in modules:
        if len(found) >= FEWEST:
            yield from _crowded(spot, found, PLACE_MOST_IN_MODULE)
    whole = [item for _, found in modules for item in found]
    if len(modules) > 1 and len(whole) >= FEWEST_FOR_PLACES:
        yield from _crowded(_root(draft), whole, PLACE_MOST_IN_COURSE)
        yield from _deserted(_root(draft), whole)


def is_longest(item: Item) -> bool:
    """Whether the one right answer is longer than each other option."""
    [key] = item.keys
    return all(len(key.text) > len(choice.text) for choice in item.distractors)


def is_shortest(item: Item) -> bool:
    """Whether the one right answer is shorter than each other option."""
    [key] = item.keys
    return all(len(key.text) < len(choice.text) for choice in item.distractors)


def _groups(draft: Draft) -> Iterator[tuple[Spot, Sequence[Item]]]:
    """Each module that has enough questions, then the course of several modules."""
    modules = list(_modules(draft))
    yield from ((spot, found) for spot, found in modules if len(found) >= FEWEST)
    whole = [item for _, found in modules for item in found]
    if len(modules) > 1 and len(whole) >= FEWEST:
        yield _root(draft), whole


def _modules(draft: Draft) -> Iterator[tuple[Spot, list[Item]]]:
    for top in draft.tops():
        yield top.spot_of("id"), [item for item in items_of(top) if item.single]


def _root(draft: Draft) -> Spot:
    top = draft.root.top
    return top.spot_of("modules") if top is not None else draft.root.start


def _of_three(found: Sequence[Item]) -> list[Item]:
    return [item for item in found if len(item.choices) == len("ABC")]


def _share(part: Sequence[object], whole: Sequence[object]) -> float:
    """In percent."""
    return 100 * len(part) / len(whole)


def _told(which: str, named: Sequence[str], found: Sequence[Item]) -> tuple[str, str]:
    what = f"the right answer is the {which} in {len(named)} of {len(found)} questions"
    return what, f"change some of {', '.join(named)}"


def _crowded(spot: Spot, found: Sequence[Item], most: int) -> Iterator[Problem]:
    for letter, named in _by_letter(found).items():
        if _share(named, found) > most:
            what = f"{letter} is right in {len(named)} of {len(found)} questions of three options"
            yield spot.problem(what, f"change the order in some of {', '.join(named)}")


def _deserted(spot: Spot, found: Sequence[Item]) -> Iterator[Problem]:
    for letter, named in _by_letter(found).items():
        if _share(named, found) < PLACE_LEAST_IN_COURSE:
            what = f"{letter} is right in only {len(named)} of {len(found)} questions of three"
            yield spot.problem(what, f"change the order in some, so that {letter} is right")


def _by_letter(found: Sequence[Item]) -> dict[str, list[str]]:
    letters: dict[str, list[str]] = {letter: [] for letter in "ABC"}
    for item in found:
        letters["ABC"[item.key_position]].append(item.id)
    return letters
