"""Compares two editions of a course, and describes what learners will notice.

Sentences for the author; nothing is stored.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from course.model import Card, Course, Module, Question

Item: TypeAlias = Card | Question


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference between two editions.

    Attributes:
        item_id: id of the changed item.
        change: the change.
        effect: its effect on learners; "" for none.
    """

    item_id: str
    change: str
    effect: str = ""


def compare_editions(old: Course, new: Course) -> list[Difference]:
    """List all differences, in the new edition's order, removed items last."""
    return [
        *_course_differences(old, new),
        *_module_differences(old, new),
        *_item_differences(old, new),
        *_removed(old, new),
    ]


def _course_differences(old: Course, new: Course) -> Iterator[Difference]:
    if old.id != new.id:
        what = f"the course's id changes from {old.id} to {new.id}"
        yield Difference(new.id, what, "It counts as the same course: everybody keeps their place.")
    if old.version != new.version:
        yield Difference(new.id, f"version {old.version} becomes {new.version}")
    elif old != new:
        yield Difference(
            new.id, f"the version is still {new.version}; give the new edition a number of its own"
        )
    if old.facts_as_of != new.facts_as_of:
        what = f"facts as of {old.facts_as_of} become facts as of {new.facts_as_of}"
        yield Difference(new.id, what, "/about shows the new date.")
    if old.rhythm != new.rhythm:
        noticed = "Everybody is reminded in the new way from the next thing they do."
        yield Difference(new.id, "reminders come at other times or in other words", noticed)


def _module_differences(old: Course, new: Course) -> Iterator[Difference]:
    before = [module.id for module in old.modules]
    kept = [module.id for module in new.modules if module.id in before]
    for module in new.modules:
        if module.id not in before:
            noticed = "Everybody gets it, those who had finished the course too."
            yield Difference(module.id, f'the module "{module.title}" is new', noticed)
    if kept != [name for name in before if name in kept]:
        noticed = "Learners in the middle go on with the first module that is not done."
        yield Difference(new.id, "modules stand in another order", noticed)


def _item_differences(old: Course, new: Course) -> Iterator[Difference]:
    before = _items(old)
    for module in new.modules:
        if old.module(module.id) is None:
            continue  # all of it is new, which was said
        for item in _of_module(module):
            if item.id not in before:
                yield _new(module, item)
            else:
                yield from _changed(before[item.id][1], item)
                yield from _moved(before[item.id][0], module, item)


def _new(module: Module, item: Item) -> Difference:
    if isinstance(item, Question) and item.kind != "teach":
        return Difference(item.id, f"a question of the kind {item.kind} is new")
    kind = "question" if isinstance(item, Question) else "card"
    noticed = f"Learners get it who have not closed module {module.id}, even if they are past it."
    return Difference(item.id, f"this {kind} is new", noticed)


def _moved(before: Module, module: Module, item: Item) -> Iterator[Difference]:
    if before.id != module.id:
        noticed = "Learners who have read or answered it are not asked again."
        yield Difference(item.id, f"it moves from module {before.id} to {module.id}", noticed)


def _changed(old: Item, new: Item) -> Iterator[Difference]:
    if isinstance(old, Card) and isinstance(new, Card):
        if (old.title, old.text) != (new.title, new.text):
            noticed = "Learners who have read it can see it again under /modules."
            yield Difference(new.id, "this card has another text", noticed)
        elif old != new:
            yield Difference(new.id, "this card has other sources or another picture")
    elif isinstance(old, Question) and isinstance(new, Question):
        yield from _changed_question(old, new)
    else:
        noticed = "Records of the one are taken for the other: give the new thing a new id."
        yield Difference(new.id, "a card and a question have the same id", noticed)


def _changed_question(old: Question, new: Question) -> Iterator[Difference]:
    if old.correct != new.correct:
        before, after = "".join(sorted(old.correct)), "".join(sorted(new.correct))
        noticed = (
            "Learners who passed it keep that. Those who missed it have passed it if their answer"
            " is right by the new key, and are asked again if not. Statistics count all answers by"
            " the new key."
        )
        yield Difference(new.id, f"another answer is right: {after}, not {before}", noticed)
    gone = [option.id for option in old.options if new.option(option.id) is None]
    if gone:
        noticed = (
            "A button of it, in an open question, says that it is no longer part of the course."
        )
        yield Difference(new.id, f"option {', '.join(gone)} is taken out", noticed)
    if _words(old) != _words(new):
        noticed = "Learners who have it on the screen see the old words until the next message."
        yield Difference(new.id, "this question has other words", noticed)
    elif old != new and old.correct == new.correct and not gone:
        yield Difference(new.id, "this question has other sources, objective or kind")


def _removed(old: Course, new: Course) -> Iterator[Difference]:
    left = _items(new)
    for module in old.modules:
        if new.module(module.id) is None:
            noticed = "Learners who are in it go on with what follows."
            yield Difference(module.id, f'the module "{module.title}" is taken out', noticed)
        for item in _of_module(module):
            if item.id not in left:
                kind = "question" if isinstance(item, Question) else "card"
                noticed = "Its old buttons say that it is no longer part of the course."
                yield Difference(item.id, f"this {kind} is taken out", noticed)


def _of_module(module: Module) -> Iterator[Item]:
    for lesson in module.lessons:
        yield from lesson.cards
        yield from lesson.questions
    yield from module.bank


def _items(course: Course) -> Mapping[str, tuple[Module, Item]]:
    return {item.id: (module, item) for module in course.modules for item in _of_module(module)}


def _words(question: Question) -> tuple[str, ...]:
    options = (word for o in question.options for word in (o.id, o.text, o.feedback))
    return (question.text, question.idea, *options)
