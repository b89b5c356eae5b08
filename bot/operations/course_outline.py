"""Terminal output of `tutorbot course`: an outline, and the differences of two editions."""

from collections.abc import Iterator

from authoring.edition_differences import compare_editions
from course.model import Course


def format_outline(course: Course) -> Iterator[str]:
    """List modules and lessons, with the number of cards and questions in each."""
    yield f"{course.title} ({course.id}, version {course.version})"
    for number, module in enumerate(course.modules, 1):
        kept = f", {len(module.bank)} questions kept for tests" if module.bank else ""
        yield f"  Module {number}: {module.title} ({module.id}{kept})"
        for place, lesson in enumerate(module.lessons, 1):
            counted = f"{len(lesson.cards)} cards, {len(lesson.questions)} questions"
            yield f"    {place}. {lesson.title} ({lesson.id}): {counted}"
    for number, coming in enumerate(course.coming, len(course.modules) + 1):
        yield f"  Module {number}: {coming.title} (being written)"


def format_differences(old: Course, new: Course) -> Iterator[str]:
    """List what differs, beginning with what learners will notice."""
    found = compare_editions(old, new)
    noticed = [each for each in found if each.effect]
    silent = [each for each in found if not each.effect]
    if noticed:
        yield "What learners in the middle will notice:"
        yield from (f"  {each.item_id}: {each.change}. {each.effect}" for each in noticed)
    if silent:
        yield "What nobody will notice:"
        yield from (f"  {each.item_id}: {each.change}" for each in silent)
    if not found:
        yield "The two are the same for learners."
